package dev.rebound.bench;

import java.util.concurrent.TimeUnit;

/**
 * When events are due: evenly spaced, whatever becomes of those before. Times are {@link System#nanoTime()}'s.
 *
 * @param begin when the first one is due
 * @param eventsPerSecond more than 0
 */
record Pace(long begin, double eventsPerSecond) {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    Pace {
        if (!(eventsPerSecond > 0)) {
            throw new IllegalArgumentException("events per second: " + eventsPerSecond + " (expected: more than 0)");
        }
    }

    /** When an event is due; they are numbered from 0. */
    long due(long number) {
        return begin + Math.round(number * (NANOS / eventsPerSecond));
    }

    /** How many events are due before this much time has passed. */
    long eventsIn(double seconds) {
        return (long) Math.ceil(seconds * eventsPerSecond);
    }
}
