package dev.rebound.topology;

import dev.rebound.statistics.RowKey;
import java.nio.ByteBuffer;

/**
 * What was added to a minute and waits to be added to its hour and day: an entry of a journal.
 *
 * @param key the row of the minute
 * @param sums {@link dev.rebound.statistics.Sums} in bytes
 */
record Gathered(RowKey key, byte[] sums) {

    byte[] bytes() {
        byte[] row = key.bytes();
        return ByteBuffer.allocate(Integer.BYTES + row.length + sums.length)
                .putInt(row.length)
                .put(row)
                .put(sums)
                .array();
    }

    static Gathered parse(byte[] entry) {
        ByteBuffer parts = ByteBuffer.wrap(entry);
        byte[] row = new byte[parts.getInt()];
        parts.get(row);
        byte[] sums = new byte[parts.remaining()];
        parts.get(sums);
        return new Gathered(RowKey.parse(row), sums);
    }
}
