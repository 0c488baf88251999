package dev.rebound.generate;

import java.time.Duration;
import java.util.Random;

/** How long after an attempt its event arrives: nearly always at once, so that event times are in order but for a few. */
final class Lags {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long LATEST = Duration.ofHours(26).toMillis();

    private final TrafficPlan plan;
    private final Random random;

    Lags(TrafficPlan plan, Random random) {
        this.plan = plan;
        this.random = random;
    }

    /** Time of the first attempt whose event arrives now: of 1000, 45 are out of order and 5 are late. Never before the start. */
    long firstAttempt(long arrival) {
        int draw = random.nextInt(1000);
        long sinceStart = arrival - plan.start().toEpochMilli();
        if (draw < 5 && sinceStart > 10 * MINUTE) {
            return arrival - 10 * MINUTE - below(Math.min(LATEST, sinceStart) - 10 * MINUTE);
        }
        if (draw < 50) {
            return arrival - Math.min(sinceStart, 1_000 + below(2 * MINUTE));
        }
        return arrival - Math.min(sinceStart, soon());
    }

    /** Time of what comes later to a message and arrives now; later than the attempt before it. */
    long later(long arrival) {
        return arrival - soon();
    }

    private long soon() {
        return 20 + random.nextInt(100);
    }

    private long below(long bound) {
        return (long) (random.nextDouble() * bound);
    }
}
