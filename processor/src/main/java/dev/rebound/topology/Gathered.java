package dev.rebound.topology;

import java.nio.ByteBuffer;

/**
 * Sums that wait to be added to their rows: an entry of a journal.
 *
 * @param key {@link dev.rebound.statistics.RowKey} of the minute in bytes
 * @param sums {@link dev.rebound.statistics.Sums} in bytes
 */
record Gathered(byte[] key, byte[] sums) {

    byte[] bytes() {
        return ByteBuffer.allocate(Integer.BYTES + key.length + sums.length)
                .putInt(key.length)
                .put(key)
                .put(sums)
                .array();
    }

    static Gathered parse(byte[] entry) {
        ByteBuffer parts = ByteBuffer.wrap(entry);
        byte[] key = new byte[parts.getInt()];
        parts.get(key);
        byte[] sums = new byte[parts.remaining()];
        parts.get(sums);
        return new Gathered(key, sums);
    }
}
