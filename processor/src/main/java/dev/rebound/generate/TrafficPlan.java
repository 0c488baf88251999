package dev.rebound.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * All that generated traffic depends on: the same plan gives the same events.
 *
 * @param seed any number
 * @param scenario what happens
 * @param start arrival and event time of the first event, cut to milliseconds; from 1970 to 9999
 * @param eventsPerSecond how many events arrive in a second of the generated time, 1 to {@value #MOST_PER_SECOND}
 */
public record TrafficPlan(long seed, Scenario scenario, Instant start, int eventsPerSecond) {

    /** Nearly a million events a day. */
    public static final int USUAL_PER_SECOND = 10;

    /** Most events in a second of generated time. */
    public static final int MOST_PER_SECOND = 1_000_000;

    private static final Instant LAST_START = Instant.parse("9999-01-01T00:00:00Z");

    public TrafficPlan {
        if (start.isBefore(Instant.EPOCH) || start.isAfter(LAST_START)) {
            throw new IllegalArgumentException("start " + start + " (expected: from 1970 to 9998)");
        }
        if (eventsPerSecond < 1 || eventsPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "events per second " + eventsPerSecond + " (expected: 1 to " + MOST_PER_SECOND + ")");
        }
        start = start.truncatedTo(ChronoUnit.MILLIS);
    }

    /** How many events it takes to cover so much generated time. */
    public long eventsIn(Duration span) {
        return Math.multiplyExact(span.toMillis(), eventsPerSecond) / 1000;
    }

    /** How much generated time so many events cover. */
    public Duration spanOf(long events) {
        return Duration.ofSeconds(events / eventsPerSecond, events % eventsPerSecond * 1_000_000_000 / eventsPerSecond);
    }

    /** When an event arrives, in milliseconds since 1970; events are numbered from 0. */
    long arrival(long number) {
        return start.toEpochMilli() + spanOf(number).toMillis();
    }
}
