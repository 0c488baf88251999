package dev.rebound.lookup;

import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.AddressRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads rows of addresses. One answer takes a bounded time and has a bounded size. */
final class AddressReader implements LocalRows.Reader {

    /** So many rows are looked at for one answer, whatever becomes of them. */
    static final int MOST_READ = 20_000;

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final Decider decider;

    AddressReader(Decider decider) {
        this.decider = decider;
    }

    @Override
    public String store(Question question) {
        return AddressRows.STORE;
    }

    @Override
    public Answer read(Question question, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        if (question instanceof Question.Keys wanted) {
            return new Answer(found(wanted.keys(), rows), Optional.empty(), Optional.empty());
        }
        return scanned((Question.Range) question, rows);
    }

    private static List<Row> found(List<String> keys, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        List<Row> found = new ArrayList<>();
        for (String key : keys) {
            byte[] value = rows.get(key.getBytes(StandardCharsets.UTF_8));
            if (value != null) {
                found.add(new Row(key, value));
            }
        }
        return found;
    }

    private Answer scanned(Question.Range range, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        SuppressionFilter filter = range.filter();
        String from = range.after().startsWith(filter.prefix()) ? range.after() : filter.prefix();
        long end = System.nanoTime() + LONGEST.toNanos();
        List<Row> found = new ArrayList<>();
        int read = 0;
        long bytes = 0;
        String last = range.after();
        try (KeyValueIterator<byte[], byte[]> all =
                rows.range(from.isEmpty() ? null : from.getBytes(StandardCharsets.UTF_8), null)) {
            while (all.hasNext()) {
                if (found.size() == range.limit()
                        || read == MOST_READ
                        || bytes >= MOST_BYTES
                        || System.nanoTime() > end && read > 0) {
                    return new Answer(found, Optional.of(last), Optional.empty());
                }
                KeyValue<byte[], byte[]> next = all.next();
                String key = new String(next.key, StandardCharsets.UTF_8);
                if (key.equals(range.after())) {
                    continue;
                }
                if (!key.startsWith(filter.prefix())) {
                    break;
                }
                read++;
                last = key;
                Row row = new Row(key, next.value);
                if (passes(row, filter)) {
                    found.add(row);
                    bytes += next.value.length;
                }
            }
        }
        return new Answer(found, Optional.empty(), Optional.empty());
    }

    private boolean passes(Row row, SuppressionFilter filter) {
        return filter.mayPass(SuppressionKey.parse(row.key()))
                && decider.suppression(row).filter(filter::passes).isPresent();
    }
}
