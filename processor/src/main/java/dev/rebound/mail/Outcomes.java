package dev.rebound.mail;

import dev.rebound.schema.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a delivery report's Action and Status (RFC 3464 sections 2.3.3 and 2.3.4) say became of the attempt. */
public final class Outcomes {

    /** Subject 4, detail 7 is "delivery time expired", RFC 3463 section 3.5. */
    private static final Pattern EXPIRED = Pattern.compile("[245]\\.4\\.7");

    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245])\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]\\d)");

    private Outcomes() {}

    /**
     * By the action where it is one of the five, else by the class of the status.
     *
     * @param action null for none
     * @param status null for none
     * @return empty when neither says anything
     */
    public static Optional<Outcome> of(String action, String status) {
        return switch (action == null ? "" : action) {
            case "failed" -> Optional.of(failure(status));
            case "delayed" -> Optional.of(Outcome.DEFERRED);
            case "delivered", "relayed", "expanded" -> Optional.of(Outcome.DELIVERED);
            default -> enhancedClass(status).map(statusClass -> ofClass(statusClass, status));
        };
    }

    /** By the class alone: 2, 4 or 5. */
    public static Outcome ofClass(char statusClass, String status) {
        return switch (statusClass) {
            case '2' -> Outcome.DELIVERED;
            case '4' -> Outcome.DEFERRED;
            default -> failure(status);
        };
    }

    /** First digit of the first enhanced code in the text: 2, 4 or 5. */
    public static Optional<Character> enhancedClass(String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher code = ENHANCED.matcher(text);
        return code.find() ? Optional.of(code.group(1).charAt(0)) : Optional.empty();
    }

    private static Outcome failure(String status) {
        return status != null && EXPIRED.matcher(status).matches() ? Outcome.EXPIRED : Outcome.BOUNCED;
    }
}
