package dev.rebound.topology;

import dev.rebound.statistics.Counts;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows of the statistics as they are stored, for those who read the stores. Keys are {@link dev.rebound.statistics.RowKey}s in bytes;
 * values of {@link #DETAILS} are {@link dev.rebound.statistics.Details}.
 */
public final class StatisticsRows {

    /** Store of the counts. */
    public static final String COUNTS = "statistics-counts";

    /** Store of what hours and days have beside counts. */
    public static final String DETAILS = "statistics-details";

    private static final byte VERSION = 1;
    private static final int PART_AT = 1;
    private static final int TOUCHED_AT = PART_AT + Integer.BYTES;
    private static final int COUNTS_AT = TOUCHED_AT + Long.BYTES;

    private StatisticsRows() {}

    /**
     * A row of {@link #COUNTS}.
     *
     * @param part number of the part, from 0
     * @param touchedAt when it last changed, wall clock, epoch milliseconds
     * @param counts the counters
     */
    static byte[] bytes(int part, long touchedAt, Counts counts) {
        byte[] packed = counts.bytes();
        return ByteBuffer.allocate(COUNTS_AT + packed.length)
                .put(VERSION)
                .putInt(part)
                .putLong(touchedAt)
                .put(packed)
                .array();
    }

    static int part(byte[] row) {
        return checked(row).getInt(PART_AT);
    }

    static long touchedAt(byte[] row) {
        return checked(row).getLong(TOUCHED_AT);
    }

    /** The counters of a row of {@link #COUNTS}. @throws IllegalArgumentException when it is something else */
    public static Counts counts(byte[] row) {
        checked(row);
        return Counts.parse(Arrays.copyOfRange(row, COUNTS_AT, row.length));
    }

    private static ByteBuffer checked(byte[] row) {
        if (row.length < COUNTS_AT || row[0] != VERSION) {
            throw new IllegalArgumentException("stored row of " + COUNTS + " has version "
                    + (row.length == 0 ? "none" : row[0]) + " (expected: " + VERSION + ")");
        }
        return ByteBuffer.wrap(row);
    }
}
