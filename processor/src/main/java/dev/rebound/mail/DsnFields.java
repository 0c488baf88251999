package dev.rebound.mail;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fields about one recipient say (RFC 3464 section 2.3), as far as it can be used. */
final class DsnFields {

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]\\d)");
    private static final Pattern ACTION = Pattern.compile("^[A-Za-z][A-Za-z-]{0,40}");

    private DsnFields() {}

    /** Original-Recipient, else {@link #refusing}; empty when none is an address that mail can be sent to. */
    static Optional<String> recipient(HeaderFields block) {
        return usable(block, "Original-Recipient").or(() -> refusing(block));
    }

    /** Final-Recipient; else X-Actual-Recipient, in which Sendmail names what an alias stands for. */
    static Optional<String> refusing(HeaderFields block) {
        return usable(block, "Final-Recipient").or(() -> usable(block, "X-Actual-Recipient"));
    }

    static Optional<String> usable(HeaderFields block, String name) {
        return block.first(name).flatMap(ReportedAddress::text).filter(ReportedAddress::isUsable);
    }

    static Optional<String> action(HeaderFields block) {
        return block.first("Action").map(ACTION::matcher).filter(Matcher::find).map(action -> action.group()
                .toLowerCase(Locale.ROOT));
    }

    static Optional<String> status(HeaderFields block) {
        return block.first("Status").map(STATUS::matcher).filter(Matcher::find).map(Matcher::group);
    }

    static Optional<Instant> date(HeaderFields fields, String name) {
        return fields.first(name).flatMap(MailDate::parse);
    }
}
