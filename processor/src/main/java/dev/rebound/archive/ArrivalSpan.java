package dev.rebound.archive;

import java.time.Instant;

/**
 * Which records are archived, by their timestamps. The cut in a partition is at an offset: from the first record at {@code from} or later
 * to the one before the first at {@code to} or later.
 *
 * @param from null: from the beginning
 * @param to null: to the end that the topic has when the run starts
 */
public record ArrivalSpan(Instant from, Instant to) {

    /** Everything that is there. */
    public static final ArrivalSpan ALL = new ArrivalSpan(null, null);
}
