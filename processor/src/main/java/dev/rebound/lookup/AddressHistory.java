package dev.rebound.lookup;

import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.RuleProgress;
import dev.rebound.suppress.SuppressionKey;
import java.util.List;

/**
 * All that is known of an address on a list, and what follows.
 *
 * @param key address and list; of what stands for the address when it was erased
 * @param history what is known; {@link History#EMPTY} when nothing is
 * @param decision what follows now
 * @param policy by which policy
 * @param rules how far each of its rules has come
 * @param staleness why the answer may be stale; empty when it is current
 */
public record AddressHistory(
        SuppressionKey key,
        History history,
        Decision decision,
        Policy policy,
        List<RuleProgress> rules,
        List<Staleness> staleness) {

    /** Copies the lists. */
    public AddressHistory {
        rules = List.copyOf(rules);
        staleness = List.copyOf(staleness);
    }
}
