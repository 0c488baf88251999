package dev.rebound.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time above 0: a whole number with s, m, h or d behind it, or ISO 8601. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");

    @Override
    public Duration convert(String text) {
        Duration duration;
        try {
            Matcher simple = SHORT.matcher(text);
            duration = Duration.parse(simple.matches() ? iso(simple.group(1), simple.group(2)) : text);
        } catch (DateTimeException e) {
            throw refused(text);
        }
        if (duration.isNegative() || duration.isZero()) {
            throw refused(text);
        }
        return duration;
    }

    private static String iso(String number, String unit) {
        return (unit.equals("d") ? "P" : "PT") + number + unit;
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException(text + " is no length of time (expected: such as 90s, 10m, 2h or 1d)");
    }
}
