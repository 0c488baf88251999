package dev.rebound.topology;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Policies;
import java.time.Duration;
import java.util.Optional;

/**
 * How the topology suppresses.
 *
 * @param policies what follows from evidence
 * @param erasure recognises addresses that were erased; empty when none can have been
 * @param forgetAfter evidence of an address that is not suppressed is dropped so long after it happened and became known
 * @param byEventTime the clock is the events' own: for going over what has happened once more
 */
public record SuppressionSettings(
        Policies policies, Optional<Erasure> erasure, Duration forgetAfter, boolean byEventTime) {

    /** For going over what has happened once more, by these policies. */
    public SuppressionSettings forReplay(Policies by) {
        return new SuppressionSettings(by, erasure, forgetAfter, true);
    }

    /** A clock for a task. */
    SuppressionClock clock() {
        return byEventTime ? SuppressionClock.ofEvents() : SuppressionClock.wall();
    }
}
