package dev.rebound.http;

import dev.rebound.suppress.Commands;
import dev.rebound.suppressions.Issued;
import java.time.Instant;

/** Who gives a command, and why, as fields of a body. */
final class IssueFields {

    static final String BY = "by";
    static final String WHY = "why";
    static final String WHO_EXPECTED = "who gives the command";
    static final String WHY_EXPECTED = "the reason in words";

    private IssueFields() {}

    /** Given at a time; null when a field is missing or wrong, which is noted. */
    static Issued read(BodyFields body, Instant at) {
        String by = body.required(BY, WHO_EXPECTED, Commands.MAX_TEXT);
        String why = body.required(WHY, WHY_EXPECTED, Commands.MAX_TEXT);
        return by == null || why == null ? null : new Issued(by, why, at);
    }
}
