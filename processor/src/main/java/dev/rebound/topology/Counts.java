package dev.rebound.topology;

import dev.rebound.classify.Categories;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Counters of one domain in one window. Mutable: a task folds many events into one of these. */
final class Counts {

    private static final byte VERSION = 1;

    private enum Counter {
        DELIVERED,
        DEFERRED,
        SOFT,
        HARD,
        COMPLAINED,
        NOT_ATTEMPTED,
        UNCLASSIFIED,
        EXPIRED
    }

    private final long[] counters = new long[Counter.values().length];
    private final Map<String, Long> categories = new TreeMap<>();

    /** Counts one event. */
    void add(DeliveryEvent event, Classification classification) {
        switch (event.getOutcome()) {
            case DELIVERED -> increment(Counter.DELIVERED);
            case DEFERRED -> increment(Counter.DEFERRED);
            case COMPLAINED -> increment(Counter.COMPLAINED);
            case SUPPRESSED -> increment(Counter.NOT_ATTEMPTED);
            case BOUNCED, EXPIRED ->
                increment(classification.getBounceType() == BounceType.HARD ? Counter.HARD : Counter.SOFT);
            case UNKNOWN -> throw new IllegalArgumentException("an event without outcome is a dead letter");
        }
        if (event.getOutcome() == Outcome.EXPIRED) {
            increment(Counter.EXPIRED);
        }
        if (isUnclassified(classification)) {
            increment(Counter.UNCLASSIFIED);
        }
        if (event.getOutcome() != Outcome.DELIVERED) {
            categories.merge(classification.getCategory(), 1L, Long::sum);
        }
    }

    /** A bounce that nothing explained. */
    static boolean isUnclassified(Classification classification) {
        return classification.getBounceType() != BounceType.NONE
                && classification.getCategory().equals(Categories.UNDETERMINED);
    }

    void add(Counts other) {
        for (int i = 0; i < counters.length; i++) {
            counters[i] += other.counters[i];
        }
        other.categories.forEach((category, count) -> categories.merge(category, count, Long::sum));
    }

    DomainStats toStats(DomainWindow window, int part) {
        return new DomainStats(
                window.tenant(),
                window.domain(),
                window.size().toString(),
                window.start(),
                part,
                get(Counter.DELIVERED),
                get(Counter.DEFERRED),
                get(Counter.SOFT),
                get(Counter.HARD),
                get(Counter.COMPLAINED),
                get(Counter.NOT_ATTEMPTED),
                get(Counter.UNCLASSIFIED),
                get(Counter.EXPIRED),
                Map.copyOf(categories));
    }

    private void increment(Counter counter) {
        counters[counter.ordinal()]++;
    }

    private long get(Counter counter) {
        return counters[counter.ordinal()];
    }

    /** The compact form for stores and internal topics: a version byte, the counters, then the categories. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail", e);
        }
        return bytes.toByteArray();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(counters.length);
        for (long counter : counters) {
            out.writeLong(counter);
        }
        out.writeShort(categories.size());
        for (Map.Entry<String, Long> category : categories.entrySet()) {
            out.writeUTF(category.getKey());
            out.writeLong(category.getValue());
        }
    }

    static Counts fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("stored counts cannot be read", e);
        }
    }

    /** Reads what any version with the same version byte wrote: counters that it did not have yet are 0. */
    static Counts read(DataInputStream in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("counts have version " + version + " (expected: " + VERSION + ")");
        }
        Counts counts = new Counts();
        int written = in.readUnsignedByte();
        for (int i = 0; i < written; i++) {
            long value = in.readLong();
            if (i < counts.counters.length) {
                counts.counters[i] = value;
            }
        }
        int categories = in.readUnsignedShort();
        for (int i = 0; i < categories; i++) {
            counts.categories.put(in.readUTF(), in.readLong());
        }
        return counts;
    }
}
