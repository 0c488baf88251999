package dev.rebound.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Reads a moment from ISO 8601 text with an offset, or from a number of milliseconds since 1970-01-01T00:00:00Z. */
final class JsonTime {
    static final String EXPECTED =
            "a time such as 2026-01-02T03:04:05Z, or a whole number of milliseconds since 1970; years 0000 to 9999";

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private JsonTime() {}

    /** The moment, cut to milliseconds. */
    static Instant read(String path, JsonNode node) throws InvalidJsonException {
        if (node.isTextual()) {
            try {
                return checked(
                        path,
                        node,
                        OffsetDateTime.parse(node.textValue(), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException e) {
                throw InvalidJsonException.at(path, Shown.value(node), EXPECTED);
            }
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return checked(path, node, Instant.ofEpochMilli(node.longValue()));
        }
        throw InvalidJsonException.at(path, Shown.value(node), EXPECTED);
    }

    private static Instant checked(String path, JsonNode node, Instant time) throws InvalidJsonException {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw InvalidJsonException.at(path, Shown.value(node), EXPECTED);
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
