package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;

/** Rows as the topology stores them, for tests of those who read them. */
public final class StoredRows {

    private StoredRows() {}

    /** The row of an address of which this is known. */
    public static byte[] of(History history) {
        return new StoredAddress(history, 0, Decision.NEVER, 0).toBytes();
    }
}
