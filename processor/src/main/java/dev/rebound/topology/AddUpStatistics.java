package dev.rebound.topology;

import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
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
 * Second stage of the statistics: adds the sums up per subject and window. They are gathered for a while first: each task of the first
 * stage has some of a domain's, and so a row changes once for many of them.
 *
 * <p>Windows are plain rows that stream time never closes, because real input spans years in any order. A row that nothing
 * has touched for a while is laid away, to bound the store; should its window get events after that, it continues in a new
 * part under another key, and readers add the parts. That a part's number was not used before is remembered per bucket of
 * windows, not per row: a window opened in a bucket of which rows were laid away n times starts at part n.
 *
 * <p>A domain has rows of its own when it was among the first so many of its tenant's day. The others of that day share rows, so that
 * sums stay what they are, whoever makes domains up. Each partition has some of the others, and counts them in parts of its own.
 */
final class AddUpStatistics implements Processor<byte[], byte[], String, StatisticsRow> {

    /** So many rows are looked at in one go: the transaction that they are deleted in must stay short. */
    private static final int ROWS_PER_SWEEP = 20_000;

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(2);

    /** To so many rows of minutes is added at most, and so many bytes: the transaction that they are added in must stay short. */
    private static final int MOST_MINUTES = 5_000;

    private static final long MOST_GATHERED_BYTES = 8 << 20;

    private final StatisticsSettings settings;
    private final Fingerprint fingerprint;
    private final int partitions;
    private final int mostDomainsHere;
    private final long passEvery;
    private final Map<RowKey, Sums> gathered = new LinkedHashMap<>();
    private ProcessorContext<String, StatisticsRow> context;
    private KeyValueStore<byte[], byte[]> counts;
    private KeyValueStore<byte[], byte[]> details;
    private KeyValueStore<String, Integer> laidAway;
    private KeyValueStore<String, Integer> domainsOfDay;
    private Journal journal;
    private byte[] nextSweepFrom;
    private long nextPassAt;

    private AddUpStatistics(StatisticsSettings settings, int partitions, Fingerprint fingerprint) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.partitions = partitions;
        this.passEvery = Collections.min(settings.layAwayAfter().values()).toMillis() / 4;
        this.mostDomainsHere = Math.max(1, settings.mostDomains() / partitions);
    }

    /** @param partitions number of partitions that subjects are spread over */
    static ProcessorSupplier<byte[], byte[], String, StatisticsRow> supplier(
            StatisticsSettings settings, int partitions, Supplier<Fingerprint> fingerprint) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, StatisticsRow> get() {
                return new AddUpStatistics(settings, partitions, fingerprint.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        store(StatisticsRows.COUNTS, Serdes.ByteArray(), Serdes.ByteArray()),
                        store(StatisticsRows.DETAILS, Serdes.ByteArray(), Serdes.ByteArray()),
                        store(Steps.LAID_AWAY_STORE, Serdes.String(), Serdes.Integer()),
                        store(Steps.DOMAINS_OF_DAY_STORE, Serdes.String(), Serdes.Integer()),
                        Journal.store(Steps.ROLL_UP_JOURNAL));
            }
        };
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    @Override
    public void init(ProcessorContext<String, StatisticsRow> context) {
        this.context = context;
        this.counts = context.getStateStore(StatisticsRows.COUNTS);
        this.details = context.getStateStore(StatisticsRows.DETAILS);
        this.laidAway = context.getStateStore(Steps.LAID_AWAY_STORE);
        this.domainsOfDay = context.getStateStore(Steps.DOMAINS_OF_DAY_STORE);
        // A task that is revived keeps its processors.
        gathered.clear();
        journal = null;
        nextSweepFrom = null;
        context.schedule(settings.rollUp(), PunctuationType.WALL_CLOCK_TIME, this::rollUp);
        context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::layAway);
    }

    /** Opened when first needed: only then is what it held before surely restored. */
    private Journal journal() {
        if (journal == null) {
            journal = context.getStateStore(Steps.ROLL_UP_JOURNAL);
            journal.open(entry -> {
                Gathered sums = Gathered.parse(entry);
                gather(gathered, RowKey.parse(sums.key()), Sums.parse(sums.sums()));
            });
        }
        return journal;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (EndOfSums.is(record.key())) {
            rollUp(record.timestamp());
            return;
        }
        Gathered sums = new Gathered(record.key(), record.value());
        journal().append(sums.bytes());
        gather(gathered, RowKey.parse(sums.key()), Sums.parse(sums.sums()));
        if (gathered.size() >= MOST_MINUTES || journal().bytes() >= MOST_GATHERED_BYTES) {
            rollUp(record.timestamp());
        }
    }

    /** Whether a subject that has no row of this minute has one of its own, rather than a share in that of the others. */
    private boolean isAdmitted(RowKey minute) {
        if (minute.subject().kind() != Subject.Kind.DOMAIN) {
            return true;
        }
        RowKey day = minute.in(WindowSize.DAY);
        if (counts.get(day.bytes()) != null) {
            return true;
        }
        if (domainsOf(day) >= mostDomainsHere) {
            return false;
        }
        counts.put(day.bytes(), StatisticsRows.bytes(open(day), context.currentSystemTimeMs(), new Counts()));
        return true;
    }

    private int domainsOf(RowKey day) {
        Integer domains = domainsOfDay.get(dayOfTenant(day));
        return domains == null ? 0 : domains;
    }

    /** Keeps the number of the domains that have a row of a tenant's day, when one begins or ends. */
    private void countDomain(RowKey row, int change) {
        if (row.size() == WindowSize.DAY
                && row.subject().kind() == Subject.Kind.DOMAIN
                && !row.subject().isOthers()) {
            int domains = domainsOf(row) + change;
            domainsOfDay.put(dayOfTenant(row), domains == 0 ? null : domains);
        }
    }

    private static String dayOfTenant(RowKey day) {
        return Instant.ofEpochMilli(day.start()) + "|" + day.subject().tenant();
    }

    private void rollUp(long now) {
        Journal held = journal();
        Map<RowKey, Sums> hours = new LinkedHashMap<>();
        gathered.forEach((minute, sums) -> {
            RowKey added = addMinute(minute, sums, now);
            gather(hours, added.in(WindowSize.HOUR), sums);
        });
        Map<RowKey, Sums> days = new LinkedHashMap<>();
        hours.forEach((hour, sums) -> {
            add(hour, sums, now);
            gather(days, hour.in(WindowSize.DAY), sums);
        });
        days.forEach((day, sums) -> add(day, sums, now));
        gathered.clear();
        held.clear();
    }

    /** The sums are not the caller's any more: others are added to them. */
    private static void gather(Map<RowKey, Sums> into, RowKey key, Sums sums) {
        into.merge(key, sums, Sums::plus);
    }

    /** Adds to the row of a minute, or to that of the others. @return which it was */
    private RowKey addMinute(RowKey minute, Sums sums, long now) {
        byte[] row = counts.get(minute.bytes());
        if (row != null || isAdmitted(minute)) {
            add(minute, row, sums.counts(), null, now);
            return minute;
        }
        RowKey others = minute.of(minute.subject().others());
        add(others, counts.get(others.bytes()), sums.counts(), null, now);
        return others;
    }

    private void add(RowKey key, Sums more, long now) {
        add(key, counts.get(key.bytes()), more.counts(), more.details(), now);
    }

    /**
     * Adds to a row.
     *
     * @param row as it is stored; null when there is none yet
     * @param moreDetails null for windows that have only counts
     */
    private void add(RowKey key, byte[] row, Counts more, Details moreDetails, long now) {
        byte[] stored = key.bytes();
        int part = row == null ? open(key) : StatisticsRows.part(row);
        Counts sum = row == null ? new Counts() : StatisticsRows.counts(row);
        sum.add(more);
        counts.put(stored, StatisticsRows.bytes(part, context.currentSystemTimeMs(), sum));
        Details all = null;
        if (moreDetails != null) {
            byte[] before = details.get(stored);
            all = before == null ? new Details() : Details.parse(before);
            all.add(moreDetails);
            details.put(stored, all.bytes());
        }
        StatisticsRow changed = new StatisticsRow(key, told(key, part), sum, all);
        Headers headers = new RecordHeaders();
        fingerprint.write(headers);
        context.forward(new Record<>(changed.recordKey(), changed, now, headers));
    }

    /** Begins a row; the number of its part. */
    private int open(RowKey key) {
        countDomain(key, 1);
        Integer times = laidAway.get(bucket(key.size(), key.start()));
        return times == null ? 0 : times;
    }

    /** The number of a part in topics: readers see the rows of all partitions under one name. */
    private int told(RowKey key, int part) {
        return key.subject().isOthers() ? part * partitions + context.taskId().partition() : part;
    }

    /** A pass over all rows, a sweep at a time; the next pass begins when rows can have grown old since. */
    private void layAway(long now) {
        if (nextSweepFrom == null) {
            if (now < nextPassAt) {
                return;
            }
            nextPassAt = now + passEvery;
        }
        Set<String> buckets = new TreeSet<>();
        try (KeyValueIterator<byte[], byte[]> rows = counts.range(nextSweepFrom, null)) {
            nextSweepFrom = null;
            for (int i = 0; rows.hasNext(); i++) {
                KeyValue<byte[], byte[]> row = rows.next();
                if (i == ROWS_PER_SWEEP) {
                    nextSweepFrom = row.key;
                    break;
                }
                WindowSize size = RowKey.sizeOf(row.key);
                if (now - StatisticsRows.touchedAt(row.value)
                        >= settings.layAwayAfter().get(size).toMillis()) {
                    counts.delete(row.key);
                    countDomain(RowKey.parse(row.key), -1);
                    if (size != WindowSize.MINUTE) {
                        details.delete(row.key);
                    }
                    buckets.add(bucket(size, RowKey.startOf(row.key)));
                }
            }
        }
        for (String bucket : buckets) {
            Integer times = laidAway.get(bucket);
            laidAway.put(bucket, times == null ? 1 : times + 1);
        }
    }

    /** Minutes by their hour, hours and days by their day. */
    private static String bucket(WindowSize size, long start) {
        WindowSize length = size == WindowSize.MINUTE ? WindowSize.HOUR : WindowSize.DAY;
        return size.text() + '|' + Instant.ofEpochMilli(length.startOf(start));
    }
}
