package dev.rebound.suppressions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who gives commands, why, and when.
 *
 * @param by who, 1 to {@value dev.rebound.suppress.Commands#MAX_TEXT} characters
 * @param why the reason in words, as long
 * @param at when; cut to milliseconds
 */
public record Issued(String by, String why, Instant at) {

    /** See {@link Issued}. */
    public Issued {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}
