package dev.rebound.topology;

import java.nio.ByteBuffer;

/** Among the sums that go from the first stage of the statistics to the second: none of this task's follow any more. */
final class EndOfSums {

    /** Values must not be null in a repartition topic. */
    static final byte[] VALUE = {};

    /** No row's key begins so. */
    private static final byte MARK = -1;

    private EndOfSums() {}

    /** The key of the mark for a partition of the second stage. */
    static byte[] key(int partition) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(MARK)
                .putInt(partition)
                .array();
    }

    static boolean is(byte[] key) {
        return key[0] == MARK;
    }

    /** The partition that a mark is for. */
    static int partition(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }
}
