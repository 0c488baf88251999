package dev.rebound.lookup;

import dev.rebound.schema.Suppression;
import java.util.List;
import java.util.Optional;

/**
 * Some of the suppressions that a filter lets pass.
 *
 * @param suppressions in the order of the state: by partition, then by key
 * @param cursor where the next page begins; empty when this is the last one
 * @param staleness why the answer may be stale; empty when it is current
 */
public record Page(List<Suppression> suppressions, Optional<String> cursor, List<Staleness> staleness) {

    /** Copies the lists. */
    public Page {
        suppressions = List.copyOf(suppressions);
        staleness = List.copyOf(staleness);
    }
}
