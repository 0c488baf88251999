package dev.rebound.lookup;

import dev.rebound.schema.Suppression;
import java.util.List;
import java.util.Optional;

/**
 * Which of several addresses may not be written to.
 *
 * @param results one for each address, in their order
 * @param staleness why the answer may be stale; empty when it is current
 */
public record Verdicts(List<Verdict> results, List<Staleness> staleness) {

    /** Copies the lists. */
    public Verdicts {
        results = List.copyOf(results);
        staleness = List.copyOf(staleness);
    }

    /**
     * Whether one address may be written to.
     *
     * @param address as it was given
     * @param suppression the strongest of the suppressions that stand against it; empty when it may be written to
     * @param error why it is no address; empty when it is one
     */
    public record Verdict(String address, Optional<Suppression> suppression, Optional<String> error) {}
}
