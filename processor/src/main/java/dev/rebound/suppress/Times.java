package dev.rebound.suppress;

import java.time.Duration;
import java.time.Instant;

/** Moments as milliseconds since 1970, with {@link Decision#NEVER} for one that does not come. */
final class Times {

    private Times() {}

    /** A moment some time later; what would be beyond all moments never comes. */
    static long plus(long moment, Duration time) {
        if (time.equals(Rule.FOR_EVER)) {
            return Decision.NEVER;
        }
        long later = moment + time.toMillis();
        return later < moment ? Decision.NEVER : later;
    }

    /** The moment, or never for null. */
    static long of(Instant moment) {
        return moment == null ? Decision.NEVER : moment.toEpochMilli();
    }

    /** The instant, or null for never. */
    static Instant instant(long moment) {
        return moment == Decision.NEVER ? null : Instant.ofEpochMilli(moment);
    }
}
