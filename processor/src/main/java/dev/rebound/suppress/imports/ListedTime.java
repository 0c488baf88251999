package dev.rebound.suppress.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a provider listed an address, in the ways that providers write it: ISO 8601 (Amazon SES, Postmark), seconds since
 * 1970 (SendGrid), RFC 1123 (Mailgun), and a date, a blank and a time, with or without {@code UTC} behind. Without a zone
 * it is UTC.
 */
final class ListedTime {

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)"
                    + "(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?(?: UTC)?)?",
            Pattern.CASE_INSENSITIVE);

    /** Nine digits are 1973 at least: fewer may be a date without hyphens. Thirteen are milliseconds. */
    private static final Pattern EPOCH = Pattern.compile("(\\d{9,10})(?:\\.\\d{1,9})?|(\\d{12,13})");

    /** RFC 1123 takes {@code GMT} from RFC 822; Mailgun writes {@code UTC}. */
    private static final Pattern TRAILING_UTC = Pattern.compile(" UTC$");

    private static final BadRowException UNREADABLE = BadRowException.unreadable(
            "time is not readable (expected: such as 2024-05-31T10:15:30Z, 2024-05-31 10:15:30"
                    + " UTC, Fri, 31 May 2024 10:15:30 GMT, or seconds since 1970)");

    private ListedTime() {}

    /**
     * Reads a time.
     *
     * @param text as it stands in the file; null and blank text say nothing
     * @return null when the text says nothing
     */
    static Instant read(String text) throws BadRowException {
        if (text == null || text.isBlank()) {
            return null;
        }
        String time = text.strip();
        try {
            Matcher epoch = EPOCH.matcher(time);
            if (epoch.matches()) {
                return epoch.group(1) != null
                        ? Instant.ofEpochSecond(Long.parseLong(epoch.group(1)))
                        : Instant.ofEpochMilli(Long.parseLong(epoch.group(2)));
            }
            Matcher iso = ISO.matcher(time);
            return iso.matches() ? iso(iso) : rfc1123(time);
        } catch (DateTimeException e) {
            throw UNREADABLE;
        }
    }

    private static Instant iso(Matcher parts) {
        LocalTime time = parts.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2));
        String zone = parts.group(3);
        boolean utc = zone == null || Character.isLetter(zone.charAt(0));
        return LocalDate.parse(parts.group(1)).atTime(time).toInstant(utc ? ZoneOffset.UTC : ZoneOffset.of(zone));
    }

    private static Instant rfc1123(String time) {
        return ZonedDateTime.parse(
                        TRAILING_UTC.matcher(time).replaceFirst(" GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
