package dev.rebound.bench;

import java.util.Arrays;

/** How many records there are, and a sum that tells whether they have the same keys. */
record Tally(long records, long keys) {

    static final Tally NONE = new Tally(0, 0);

    /** Of one record. */
    static Tally of(byte[] key) {
        return new Tally(1, Arrays.hashCode(key));
    }

    Tally and(Tally other) {
        return new Tally(records + other.records, keys + other.keys);
    }

    @Override
    public String toString() {
        return records + " records (keys " + Long.toHexString(keys) + ')';
    }
}
