package dev.rebound.topology;

import dev.rebound.statistics.Counts;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;

/** Rows as the topology stores them, for tests of those who read them. */
public final class StoredRows {

    private StoredRows() {}

    /** The row of an address of which this is known. */
    public static byte[] of(History history) {
        return new StoredAddress(history, 0, Decision.NEVER, 0).toBytes();
    }

    /** The row of a subject in a window of which this was counted. */
    public static byte[] of(Counts counts) {
        return StatisticsRows.bytes(0, 0, counts);
    }

    /** The row when more was counted. */
    public static byte[] added(byte[] row, Counts more) {
        Counts sum = StatisticsRows.counts(row);
        sum.add(more);
        return StatisticsRows.bytes(StatisticsRows.part(row), 0, sum);
    }
}
