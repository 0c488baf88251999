package dev.rebound.suppress;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as policy files have them, such as {@code 30m}, {@code 24h}, {@code 7d} and {@code 2w}, or as ISO 8601 has them. */
public final class Spans {

    /** What a time looks like, for messages. */
    static final String EXPECTED = "a time such as 30m, 24h, 7d or 2w, or in ISO 8601 such as PT24H";

    /** How {@link Rule#FOR_EVER} is written. */
    static final String FOR_EVER = "for-ever";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([mhdw])");

    /** Up to so long people count in hours. */
    private static final Duration FEW_DAYS = Duration.ofDays(3);

    private Spans() {}

    /** Reads a time; empty when it is none. */
    static Optional<Duration> parse(String text) {
        Matcher found = SHORT.matcher(text);
        if (found.matches()) {
            long number = Long.parseLong(found.group(1));
            return Optional.of(
                    switch (found.group(2).charAt(0)) {
                        case 'm' -> Duration.ofMinutes(number);
                        case 'h' -> Duration.ofHours(number);
                        case 'd' -> Duration.ofDays(number);
                        default -> Duration.ofDays(7 * number);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As a policy file has it: {@code 72h}, {@code 14d}, {@code for-ever}; what is no whole number of minutes in ISO 8601. */
    public static String text(Duration time) {
        if (time.equals(Rule.FOR_EVER)) {
            return FOR_EVER;
        }
        if (isWhole(time, Duration.ofDays(1)) && time.compareTo(FEW_DAYS) > 0) {
            return time.toDays() + "d";
        }
        if (isWhole(time, Duration.ofHours(1))) {
            return time.toHours() + "h";
        }
        return isWhole(time, Duration.ofMinutes(1)) ? time.toMinutes() + "m" : time.toString();
    }

    /** In words: {@code 72 h}, {@code 14 days}, {@code ever} for {@link Rule#FOR_EVER}. */
    static String words(Duration time) {
        String text = text(time);
        if (text.equals(FOR_EVER)) {
            return "ever";
        }
        String number = text.substring(0, text.length() - 1);
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> number + " days";
            case 'h' -> number + " h";
            case 'm' -> number + " min";
            default -> text;
        };
    }

    private static boolean isWhole(Duration time, Duration unit) {
        return time.compareTo(Duration.ZERO) >= 0 && time.getNano() == 0 && time.getSeconds() % unit.getSeconds() == 0;
    }
}
