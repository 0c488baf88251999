package dev.rebound.cli;

import dev.rebound.suppress.Commands;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When a suppression ends: after a length of time, at a moment, or never.
 *
 * @param after length of time; null when a moment is named, or it never ends
 * @param at moment; null when a length of time is named, or it never ends
 */
record Expiry(Duration after, Instant at) {

    private static final String NEVER = "never";

    /** What it means for a command that is given now; null: never. */
    Instant from(Instant now) {
        return after == null ? at : now.plus(after).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Reads it: {@code 30d}, {@code 2027-01-01T00:00:00Z} or {@code never}. */
    static final class Converter implements ITypeConverter<Expiry> {

        @Override
        public Expiry convert(String text) {
            if (text.equals(NEVER)) {
                return new Expiry(null, null);
            }
            try {
                Expiry expiry = text.indexOf('T') > 0 && Character.isDigit(text.charAt(0))
                        ? new Expiry(
                                null, OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS))
                        : new Expiry(new DurationConverter().convert(text), null);
                if (Commands.isUsable(expiry.from(Instant.now()))) {
                    return expiry;
                }
            } catch (DateTimeException | ArithmeticException | TypeConversionException e) {
                // Told like an end that is out of range.
            }
            throw new TypeConversionException(text
                    + " is no end of a suppression (expected: such as 30d, 12h, 2027-01-01T00:00:00Z or " + NEVER
                    + "; " + Commands.TIMES + ")");
        }
    }
}
