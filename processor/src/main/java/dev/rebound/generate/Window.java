package dev.rebound.generate;

import java.time.Duration;

/**
 * A stretch of time, in milliseconds since 1970.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
record Window(long from, long to) {

    /** A stretch that begins so long after the start of a plan. */
    static Window of(TrafficPlan plan, Duration after, Duration length) {
        long from = plan.start().plus(after).toEpochMilli();
        return new Window(from, from + length.toMillis());
    }

    boolean holds(long time) {
        return time >= from && time < to;
    }
}
