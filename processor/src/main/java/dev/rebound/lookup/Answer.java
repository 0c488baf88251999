package dev.rebound.lookup;

import java.util.List;
import java.util.Optional;

/**
 * What an instance found in a partition.
 *
 * @param rows in the order of their keys
 * @param next the key up to which it looked, when there can be more behind it; empty at the end
 * @param staleness why the answer may be stale; empty when it is current
 */
record Answer(List<Row> rows, Optional<String> next, Optional<Staleness> staleness) {

    /** Copies the rows. */
    Answer {
        rows = List.copyOf(rows);
    }
}
