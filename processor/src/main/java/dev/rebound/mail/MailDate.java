package dev.rebound.mail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Date and time of mail headers (RFC 5322 sections 3.3 and 4.3), and what servers write instead: without seconds, weekday,
 * blanks or zone, or in the order of C's asctime.
 */
final class MailDate {
    private static final int MAX_LENGTH = 200;

    private static final Pattern MAIL =
            Pattern.compile("(?<day>\\d{1,2})[ -]+(?<month>[A-Za-z]{3})[a-z]*\\.?[ -]+(?<year>\\d{2,4})"
                    + ",?\\s+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d{1,9})?)?"
                    + "(?:\\s*(?<zone>[+-]\\d{4}|[A-Za-z]{1,5}))?");

    private static final Pattern ASCTIME = Pattern.compile("(?<month>[A-Za-z]{3})\\s+(?<day>\\d{1,2})"
            + "\\s+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?"
            + "(?:\\s+(?<zone>[+-]\\d{4}|[A-Za-z]{1,5}))?\\s+(?<year>\\d{4})");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** Hours; RFC 5322 section 4.3 says to take any other name for UTC. */
    private static final Map<String, Integer> ZONES =
            Map.of("EDT", -4, "EST", -5, "CDT", -5, "CST", -6, "MDT", -6, "MST", -7, "PDT", -7, "PST", -8);

    private MailDate() {}

    /** The moment, or empty when the text is no date that can be understood. */
    static Optional<Instant> parse(String text) {
        String compared = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        Matcher date = MAIL.matcher(compared);
        if (!date.find()) {
            date = ASCTIME.matcher(compared);
            if (!date.find()) {
                return Optional.empty();
            }
        }
        int month = MONTHS.indexOf(date.group("month").toLowerCase(Locale.ROOT)) + 1;
        int seconds = date.group("second") == null ? 0 : Integer.parseInt(date.group("second"));
        try {
            return Optional.of(LocalDateTime.of(
                            year(date.group("year")),
                            month,
                            Integer.parseInt(date.group("day")),
                            Integer.parseInt(date.group("hour")),
                            Integer.parseInt(date.group("minute")),
                            // A leap second has no place in java.time.
                            Math.min(seconds, 59))
                    .toInstant(offset(date.group("zone"))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** RFC 5322 section 4.3: two digits up to 49 are this century, three digits count from 1900. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? 2000 + year : 1900 + year;
            case 3 -> 1900 + year;
            default -> year;
        };
    }

    private static ZoneOffset offset(String zone) {
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return ZoneOffset.ofHours(zone == null ? 0 : ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
        }
        int sign = zone.charAt(0) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(
                sign * Integer.parseInt(zone.substring(1, 3)), sign * Integer.parseInt(zone.substring(3, 5)));
    }
}
