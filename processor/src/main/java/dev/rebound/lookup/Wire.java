package dev.rebound.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Questions and answers between instances, as JSON. Instances of different versions talk to each other while they are upgraded:
 * members that a reader does not know are passed over.
 */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    static String question(Question question, boolean copies) {
        ObjectNode text = JSON.createObjectNode();
        text.put("partition", question.partition()).put("copies", copies);
        if (question instanceof Question.Keys wanted) {
            ArrayNode keys = text.putArray("keys");
            wanted.keys().forEach(keys::add);
        } else if (question instanceof Question.Sums sums) {
            text.set("sums", sums(sums.wanted()));
        } else if (question instanceof Question.Latest latest) {
            text.putObject("latest").put("kind", latest.kind().name()).put("upTo", latest.upTo());
        } else {
            Question.Range range = (Question.Range) question;
            ObjectNode described = text.putObject("range");
            described.put("after", range.after()).put("limit", range.limit());
            ObjectNode filter = described.putObject("filter");
            range.filter().parameters().forEach(filter::put);
        }
        return text.toString();
    }

    /**
     * What another instance asks.
     *
     * @param question the question
     * @param copies a copy will do
     */
    record Asked(Question question, boolean copies) {}

    /** @throws InvalidLookupException when the text is no question; the message does not repeat it */
    static Asked asked(String text) throws InvalidLookupException {
        JsonNode tree = tree(text);
        int partition = tree.path("partition").asInt(-1);
        if (partition < 0) {
            throw new InvalidLookupException("/partition", "there is none (expected: a number from 0)");
        }
        boolean copies = tree.path("copies").asBoolean();
        if (tree.has("keys")) {
            List<String> keys = new ArrayList<>();
            tree.get("keys").forEach(key -> keys.add(key.asText()));
            return new Asked(new Question.Keys(partition, keys), copies);
        }
        if (tree.has("sums")) {
            return new Asked(new Question.Sums(partition, sums(tree.get("sums"))), copies);
        }
        if (tree.has("latest")) {
            JsonNode latest = tree.get("latest");
            return new Asked(
                    new Question.Latest(partition, kind(latest, "/latest"), number(latest, "upTo", "/latest")), copies);
        }
        JsonNode range = tree.path("range");
        int limit = range.path("limit").asInt();
        if (limit < 1) {
            throw new InvalidLookupException("/range/limit", "there is none (expected: keys, or a range with a limit)");
        }
        Map<String, String> filter = new LinkedHashMap<>();
        range.path("filter")
                .properties()
                .forEach(named -> filter.put(named.getKey(), named.getValue().asText()));
        return new Asked(
                new Question.Range(partition, range.path("after").asText(), SuppressionFilter.of(filter), limit),
                copies);
    }

    private static ObjectNode sums(SumsWanted wanted) {
        ObjectNode text = JSON.createObjectNode();
        text.put("kind", wanted.kind().name())
                .put("tenant", wanted.tenant())
                .put("from", wanted.span().from())
                .put("to", wanted.span().to())
                .put("finest", wanted.finest().text())
                .put("byName", wanted.byName())
                .put("byWindow", wanted.byWindow())
                .put("code", wanted.code())
                .put("details", wanted.details());
        ArrayNode names = text.putArray("names");
        wanted.names().forEach(names::add);
        return text;
    }

    private static SumsWanted sums(JsonNode text) throws InvalidLookupException {
        WindowSize finest = WindowSize.of(text.path("finest").asText());
        if (finest == null) {
            throw new InvalidLookupException("/sums/finest", "there is none (expected: PT1M, PT1H or P1D)");
        }
        List<String> names = new ArrayList<>();
        text.path("names").forEach(name -> names.add(name.asText()));
        return new SumsWanted(
                kind(text, "/sums"),
                names,
                text.path("tenant").textValue(),
                new Span(number(text, "from", "/sums"), number(text, "to", "/sums")),
                finest,
                text.path("byName").asBoolean(),
                text.path("byWindow").asBoolean(),
                text.path("code").textValue(),
                text.path("details").asBoolean());
    }

    private static long number(JsonNode text, String name, String parent) throws InvalidLookupException {
        if (!text.path(name).isIntegralNumber()) {
            throw new InvalidLookupException(parent + "/" + name, "there is none (expected: a number)");
        }
        return text.get(name).asLong();
    }

    private static Subject.Kind kind(JsonNode text, String parent) throws InvalidLookupException {
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (kind.name().equals(text.path("kind").asText())) {
                return kind;
            }
        }
        throw new InvalidLookupException(parent + "/kind", "there is none (expected: DOMAIN or PROVIDER)");
    }

    private static JsonNode tree(String text) throws InvalidLookupException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidLookupException("", "the body is not JSON (expected: RFC 8259)");
        }
    }

    static String answer(Answer answer) {
        ObjectNode text = JSON.createObjectNode();
        ArrayNode rows = text.putArray("rows");
        for (Row row : answer.rows()) {
            rows.addObject().put("key", row.key()).put("value", row.value());
        }
        answer.next().ifPresent(next -> text.put("next", next));
        answer.staleness().ifPresent(stale -> {
            ObjectNode described = text.putObject("staleness");
            described.put("reason", stale.reason().name());
            stale.lag().ifPresent(lag -> described.put("lag", lag));
        });
        return text.toString();
    }

    /** @throws IOException when the text is no answer */
    static Answer answer(int partition, byte[] text) throws IOException {
        JsonNode tree = JSON.readTree(text);
        if (!tree.path("rows").isArray()) {
            throw new IOException("the answer has no rows");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : tree.get("rows")) {
            rows.add(new Row(
                    row.path("key").asText(),
                    Base64.getDecoder().decode(row.path("value").asText())));
        }
        Optional<String> next = Optional.ofNullable(tree.get("next")).map(JsonNode::asText);
        return new Answer(
                rows, next, Optional.ofNullable(tree.get("staleness")).map(stale -> staleness(partition, stale)));
    }

    private static Staleness staleness(int partition, JsonNode stale) {
        boolean standby = stale.path("reason").asText().equals(Staleness.Reason.STANDBY.name());
        return new Staleness(
                partition,
                standby ? Staleness.Reason.STANDBY : Staleness.Reason.RESTORING,
                stale.has("lag") ? OptionalLong.of(stale.get("lag").asLong()) : OptionalLong.empty());
    }
}
