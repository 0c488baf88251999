package dev.rebound.topology;

import dev.rebound.schema.DomainStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Second stage of the statistics: adds the deltas up per domain and window.
 *
 * <p>Windows are plain rows that stream time never closes, because real input spans years in any order. A row that nothing
 * has touched for a while is laid away, to bound the store; should its window get events after that, it continues in a new
 * part under another key, and readers add the parts. That a part's number was not used before is remembered per hour of
 * windows, not per row: a window opened in an hour of which rows were laid away n times starts at part n.
 */
final class AddUpDomains implements Processor<String, byte[], String, DomainStats> {

    /** So many rows are looked at in one go: the transaction that they are deleted in must stay short. */
    private static final int ROWS_PER_SWEEP = 20_000;

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(2);

    private final Duration layAwayAfter;
    private String nextSweepFrom;
    private long nextPassAt;
    private ProcessorContext<String, DomainStats> context;
    private KeyValueStore<String, byte[]> totals;
    private KeyValueStore<String, Integer> laidAway;

    private AddUpDomains(Duration layAwayAfter) {
        this.layAwayAfter = layAwayAfter;
    }

    static ProcessorSupplier<String, byte[], String, DomainStats> supplier(Duration layAwayAfter) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], String, DomainStats> get() {
                return new AddUpDomains(layAwayAfter);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(Steps.TOTALS_STORE),
                                Serdes.String(),
                                Serdes.ByteArray()),
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(Steps.LAID_AWAY_STORE),
                                Serdes.String(),
                                Serdes.Integer()));
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, DomainStats> context) {
        this.context = context;
        this.totals = context.getStateStore(Steps.TOTALS_STORE);
        this.laidAway = context.getStateStore(Steps.LAID_AWAY_STORE);
        context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::layAway);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        DomainWindow window = DomainWindow.parse(record.key());
        byte[] stored = totals.get(record.key());
        Row row = stored == null ? new Row(nextPart(window), 0, new Counts()) : Row.fromBytes(stored);
        row.counts().add(Counts.fromBytes(record.value()));
        Row touched = new Row(row.part(), context.currentSystemTimeMs(), row.counts());
        totals.put(record.key(), touched.toBytes());
        String key = row.part() == 0 ? record.key() : record.key() + '|' + row.part();
        context.forward(record.withKey(key).withValue(row.counts().toStats(window, row.part())));
    }

    private int nextPart(DomainWindow window) {
        Integer times = laidAway.get(hour(window));
        return times == null ? 0 : times;
    }

    /** A pass over all rows, a sweep at a time; the next pass begins when rows can have grown old since. */
    private void layAway(long now) {
        if (nextSweepFrom == null) {
            if (now < nextPassAt) {
                return;
            }
            nextPassAt = now + layAwayAfter.dividedBy(4).toMillis();
        }
        Set<String> hours = new TreeSet<>();
        try (KeyValueIterator<String, byte[]> rows = totals.range(nextSweepFrom, null)) {
            nextSweepFrom = null;
            for (int i = 0; rows.hasNext(); i++) {
                KeyValue<String, byte[]> row = rows.next();
                if (i == ROWS_PER_SWEEP) {
                    nextSweepFrom = row.key;
                    break;
                }
                if (now - Row.fromBytes(row.value).touchedAt() >= layAwayAfter.toMillis()) {
                    totals.delete(row.key);
                    hours.add(hour(DomainWindow.parse(row.key)));
                }
            }
        }
        for (String hour : hours) {
            Integer times = laidAway.get(hour);
            laidAway.put(hour, times == null ? 1 : times + 1);
        }
    }

    private static String hour(DomainWindow window) {
        return window.start().truncatedTo(ChronoUnit.HOURS).toString();
    }

    /**
     * A window's total so far.
     *
     * @param part number of the part, from 0
     * @param touchedAt when it last changed, wall clock, epoch milliseconds
     * @param counts the sums
     */
    private record Row(int part, long touchedAt, Counts counts) {

        private static final byte VERSION = 1;

        byte[] toBytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(112);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(VERSION);
                out.writeInt(part);
                out.writeLong(touchedAt);
                counts.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException("a byte array cannot fail", e);
            }
            return bytes.toByteArray();
        }

        static Row fromBytes(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                byte version = in.readByte();
                if (version != VERSION) {
                    throw new IOException("row has version " + version + " (expected: " + VERSION + ")");
                }
                return new Row(in.readInt(), in.readLong(), Counts.read(in));
            } catch (IOException e) {
                throw new UncheckedIOException("stored row of " + Steps.TOTALS_STORE + " cannot be read", e);
            }
        }
    }
}
