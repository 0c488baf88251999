package dev.rebound.topology;

import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of suppression for tests that are about something else. */
public final class Suppressing {

    private Suppressing() {}

    /** Nothing but what commands say. */
    public static SuppressionSettings nothing() {
        return by(Policy.of("none", Duration.ZERO, List.of()));
    }

    /** By one policy for all, by the machine's clock. */
    public static SuppressionSettings by(Policy policy) {
        return new SuppressionSettings(Policies.of(policy), Optional.empty(), Duration.ofDays(400), false);
    }
}
