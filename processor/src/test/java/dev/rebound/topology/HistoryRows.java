package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;

/** Rows of the changelog of addresses, for tests of what reads it. */
public final class HistoryRows {

    private HistoryRows() {}

    /** The row of an address of which this is known. */
    public static byte[] of(History history) {
        return new StoredAddress(history, 0, Decision.NEVER, 1).toBytes();
    }
}
