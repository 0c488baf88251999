package dev.rebound.lookup;

import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.WindowSize;
import dev.rebound.topology.StatisticsRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Adds up rows of the statistics that this instance holds. */
final class SumsReader implements LocalRows.Reader {

    /** What another instance waits for is not read for longer. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private static final int ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 1_000;

    /** So many sums of one partition fit into the memory of who answers, and of who asked. */
    private static final int MOST_SUMS = 150_000;

    @Override
    public String store(Question question) {
        return question instanceof Question.Sums sums && sums.wanted().details()
                ? StatisticsRows.DETAILS
                : StatisticsRows.COUNTS;
    }

    @Override
    public Answer read(Question question, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        if (question instanceof Question.Latest latest) {
            return new Answer(latest(latest, rows), Optional.empty(), Optional.empty());
        }
        return new Answer(
                new Reading(((Question.Sums) question).wanted(), rows).rows(), Optional.empty(), Optional.empty());
    }

    /** The latest event time up to a moment, as the key of a row; no row when there is none. */
    private static List<Row> latest(Question.Latest question, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        long latest = Long.MIN_VALUE;
        // Rows of minutes do not stay as long as those of days, which may count events that are in the future.
        for (WindowSize size : WindowSize.values()) {
            latest = Math.max(latest, latest(question, size, rows));
        }
        return latest == Long.MIN_VALUE ? List.of() : List.of(new Row(Long.toString(latest), new byte[0]));
    }

    /** By the latest windows of one size that have one; {@link Long#MIN_VALUE} when there is none. */
    private static long latest(Question.Latest question, WindowSize size, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
        byte[] from = RowKey.prefix(question.kind(), size, Span.OPEN_FROM);
        byte[] to = RowKey.prefix(question.kind(), size, size.startOf(question.upTo()) + size.millis());
        long found = Long.MIN_VALUE;
        try (KeyValueIterator<byte[], byte[]> backwards = rows.reverseRange(from, to)) {
            while (backwards.hasNext()) {
                KeyValue<byte[], byte[]> row = backwards.next();
                // Rows of a window are in the order of names: each of them can be the latest.
                if (found >= RowKey.startOf(row.key) + size.millis()) {
                    return found;
                }
                long latest = StatisticsRows.counts(row.value).latest();
                if (latest <= question.upTo()) {
                    found = Math.max(found, latest);
                }
            }
        }
        return found;
    }

    /** One reading: bounded in time and size. */
    private static final class Reading {

        private final SumsWanted wanted;
        private final ReadOnlyKeyValueStore<byte[], byte[]> rows;
        private final Map<SumKey, Counts> counts = new LinkedHashMap<>();
        private final Map<SumKey, Details> details = new LinkedHashMap<>();
        private final long end = System.nanoTime() + LONGEST.toNanos();
        private long read;

        Reading(SumsWanted wanted, ReadOnlyKeyValueStore<byte[], byte[]> rows) {
            this.wanted = wanted;
            this.rows = rows;
        }

        List<Row> rows() {
            for (Span.Part part : wanted.parts()) {
                if (wanted.details() && part.size() == WindowSize.MINUTE) {
                    continue;
                }
                if (wanted.names().isEmpty()) {
                    readAll(part);
                } else {
                    wanted.names().forEach(name -> read(part, name));
                }
            }
            List<Row> sums = new ArrayList<>();
            counts.forEach((key, sum) -> sums.add(new Row(key.text(), sum.bytes())));
            details.forEach((key, sum) -> sums.add(new Row(key.text(), sum.bytes())));
            return sums;
        }

        private void readAll(Span.Part part) {
            byte[] from = RowKey.prefix(wanted.kind(), part.size(), part.from());
            byte[] to = RowKey.prefix(wanted.kind(), part.size(), part.to());
            try (KeyValueIterator<byte[], byte[]> range = rows.range(from, to)) {
                while (range.hasNext()) {
                    add(range.next());
                }
            }
        }

        /** From window to window: rows of other names in between are passed over. */
        private void read(Span.Part part, String name) {
            byte[] to = RowKey.prefix(wanted.kind(), part.size(), part.to());
            long window = part.from();
            while (window < part.to()) {
                byte[] prefix = RowKey.prefix(wanted.kind(), part.size(), window, name);
                try (KeyValueIterator<byte[], byte[]> range = rows.range(prefix, to)) {
                    KeyValue<byte[], byte[]> row = range.hasNext() ? range.next() : null;
                    while (row != null && startsWith(row.key, prefix)) {
                        add(row);
                        row = range.hasNext() ? range.next() : null;
                    }
                    if (row == null) {
                        return;
                    }
                    long next = RowKey.startOf(row.key);
                    if (next > window) {
                        window = next;
                    } else if (window >= part.to() - part.size().millis()) {
                        return;
                    } else {
                        window += part.size().millis();
                    }
                }
                look();
            }
        }

        private static boolean startsWith(byte[] key, byte[] prefix) {
            return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }

        private void add(KeyValue<byte[], byte[]> row) {
            look();
            RowKey key = RowKey.parse(row.key);
            if (wanted.tenant() != null && !wanted.tenant().equals(key.subject().tenant())) {
                return;
            }
            SumKey of = new SumKey(wanted.byName() ? key.subject().name() : "", wanted.byWindow() ? key.start() : 0);
            if (wanted.details()) {
                details.computeIfAbsent(of, first -> new Details()).add(Details.parse(row.value));
                return;
            }
            Counts found = StatisticsRows.counts(row.value);
            if (found.attempts() > 0 && (wanted.code() == null || found.codes().containsKey(wanted.code()))) {
                counts.computeIfAbsent(of, first -> Counts.ofMany()).add(found);
                if (counts.size() > MOST_SUMS) {
                    throw UnavailableException.tooMany();
                }
            }
        }

        private void look() {
            if (++read % ROWS_BETWEEN_LOOKS_AT_THE_CLOCK == 0 && System.nanoTime() > end) {
                throw UnavailableException.tooMuch();
            }
        }
    }
}
