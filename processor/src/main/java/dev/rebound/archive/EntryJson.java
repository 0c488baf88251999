package dev.rebound.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.event.Digests;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/**
 * Lines of the manifest: a JSON object each, whose field {@code type} says which, and whose last field is the digest of the line as it is
 * without that field.
 */
final class EntryJson {

    /** Of the format of directory, manifest and files together. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "type";
    private static final String ARCHIVE = "archive";
    private static final String SCHEMA = "schema";
    private static final String GAP = "gap";
    private static final String FILE = "file";
    private static final String SHA256 = "sha256";
    private static final String PARTITION = "partition";
    private static final String DIGEST = ",\"digest\":\"";
    private static final String END = "\"}";

    private EntryJson() {}

    /** The entry in one line, without a line end. */
    static String line(Entry entry) {
        ObjectNode json = JSON.createObjectNode();
        if (entry instanceof Origin origin) {
            json.put(TYPE, ARCHIVE)
                    .put("version", VERSION)
                    .put("clusterId", origin.clusterId())
                    .put("topic", origin.topic())
                    .put("topicId", origin.topicId())
                    .put("partitions", origin.partitions());
        } else if (entry instanceof KeptSchema schema) {
            json.put(TYPE, SCHEMA).put("id", schema.id()).put(SCHEMA, schema.schema());
        } else if (entry instanceof OffsetGap gap) {
            json.put(TYPE, GAP)
                    .put(PARTITION, gap.partition())
                    .put("from", gap.from())
                    .put("to", gap.to());
        } else if (entry instanceof ArchivedFile file) {
            json.put(TYPE, FILE)
                    .put(FILE, file.name())
                    .put(PARTITION, file.partition())
                    .put("from", file.from())
                    .put("to", file.to())
                    .put("firstOffset", file.first())
                    .put("lastOffset", file.last())
                    .put("records", file.records())
                    .put("earliest", file.earliest().toString())
                    .put("latest", file.latest().toString())
                    .put("largestRecord", file.largest())
                    .put("bytes", file.bytes())
                    .put(SHA256, file.sha256());
        }
        String text = json.toString();
        return text.substring(0, text.length() - 1) + DIGEST + digest(text) + END;
    }

    /** @throws InvalidJsonException when it is no entry, or not as it was written */
    static Entry parse(String line) throws InvalidJsonException {
        int digest = line.lastIndexOf(DIGEST);
        String text = line.substring(0, Math.max(0, digest)) + '}';
        if (!line.substring(Math.max(0, digest)).equals(DIGEST + digest(text) + END)) {
            throw new InvalidJsonException("it is damaged: its digest is not that of the line");
        }
        ObjectNode json = PlainJson.parse(text);
        String type = text(json, TYPE);
        return switch (type) {
            case ARCHIVE -> origin(json);
            case SCHEMA -> schema(json);
            case GAP -> new OffsetGap(integer(json, PARTITION), number(json, "from"), number(json, "to"));
            case FILE ->
                new ArchivedFile(
                        text(json, FILE),
                        integer(json, PARTITION),
                        number(json, "from"),
                        number(json, "to"),
                        number(json, "firstOffset"),
                        number(json, "lastOffset"),
                        number(json, "records"),
                        time(json, "earliest"),
                        time(json, "latest"),
                        integer(json, "largestRecord"),
                        number(json, "bytes"),
                        text(json, SHA256));
            default -> throw wrong(TYPE, type, "archive, schema, gap or file");
        };
    }

    private static Origin origin(ObjectNode json) throws InvalidJsonException {
        int version = integer(json, "version");
        if (version != VERSION) {
            throw wrong("version", Integer.toString(version), VERSION + "; use the version of Rebound that wrote it");
        }
        return new Origin(
                text(json, "clusterId"), text(json, "topic"), text(json, "topicId"), integer(json, "partitions"));
    }

    private static KeptSchema schema(ObjectNode json) throws InvalidJsonException {
        return new KeptSchema(integer(json, "id"), text(json, SCHEMA));
    }

    private static String digest(String text) {
        return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ObjectNode json, String field) throws InvalidJsonException {
        return field(json, field, JsonNode::isTextual, "a text").asText();
    }

    private static int integer(ObjectNode json, String field) throws InvalidJsonException {
        return field(json, field, JsonNode::canConvertToInt, "a whole number").asInt();
    }

    private static long number(ObjectNode json, String field) throws InvalidJsonException {
        return field(json, field, JsonNode::isIntegralNumber, "a whole number").asLong();
    }

    private static Instant time(ObjectNode json, String field) throws InvalidJsonException {
        String text = text(json, field);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(field, text, "a time in ISO 8601");
        }
    }

    private static JsonNode field(ObjectNode json, String field, Function<JsonNode, Boolean> fits, String expected)
            throws InvalidJsonException {
        JsonNode value = json.path(field);
        if (!fits.apply(value)) {
            throw wrong(field, value.toString(), expected);
        }
        return value;
    }

    private static InvalidJsonException wrong(String field, String found, String expected) {
        return new InvalidJsonException(field + ": " + found + " (expected: " + expected + ")");
    }
}
