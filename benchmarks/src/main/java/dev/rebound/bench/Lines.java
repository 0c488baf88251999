package dev.rebound.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Messages between the bench and its workers: a JSON object a line. Names that are not known are passed over. */
final class Lines {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Lines() {}

    static String write(Record message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON of " + message, e);
        }
    }

    /** @throws IllegalArgumentException when the line is no such message */
    static <T extends Record> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not " + type.getSimpleName() + " in JSON: " + line + " (" + e.getOriginalMessage() + ')', e);
        }
    }
}
