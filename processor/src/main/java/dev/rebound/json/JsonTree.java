package dev.rebound.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads exactly one JSON object from a text (RFC 8259), and refuses names that occur twice in an object. */
final class JsonTree {
    static final int MAX_TEXT_LENGTH = 2 * 1024 * 1024;
    static final int MAX_DEPTH = 32;

    /** Strings are not interned or canonicalised: names come from outside and would fill a table shared by all. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT_LENGTH)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    static ObjectNode parse(String text) throws InvalidJsonException {
        try (JsonParser in = FACTORY.createParser(text)) {
            JsonToken first = in.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidJsonException("not a JSON object" + (first == null ? ": empty" : "")
                        + " (expected: {\"field\": value, ...})");
            }
            ObjectNode tree = object(in);
            if (in.nextToken() != null) {
                throw new InvalidJsonException("text after the JSON object, at column "
                        + in.currentTokenLocation().getColumnNr() + " (expected: one object)");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw new InvalidJsonException("JSON is too large (expected: texts of at most " + MAX_TEXT_LENGTH
                    + " characters, names of at most 1000, numbers of at most 100, at most " + MAX_DEPTH
                    + " levels of nesting)");
        } catch (JsonProcessingException e) {
            // The parser's own message can quote the input.
            throw new InvalidJsonException(
                    "not valid JSON at column " + e.getLocation().getColumnNr() + " (expected: RFC 8259)");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static ObjectNode object(JsonParser in) throws IOException, InvalidJsonException {
        ObjectNode object = NODES.objectNode();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            if (object.replace(name, value(in)) != null) {
                throw new InvalidJsonException(Shown.name(name) + ": given twice (expected: once)");
            }
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) throws IOException, InvalidJsonException {
        ArrayNode array = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(in));
        }
        return array;
    }

    private static JsonNode value(JsonParser in) throws IOException, InvalidJsonException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> NODES.textNode(in.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(in.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(in.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new InvalidJsonException("not valid JSON (expected: RFC 8259)");
        };
    }
}
