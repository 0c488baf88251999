package dev.rebound.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.json.PlainJson;
import dev.rebound.lookup.AddressHistory;
import dev.rebound.lookup.Checked;
import dev.rebound.lookup.Page;
import dev.rebound.lookup.Staleness;
import dev.rebound.lookup.Verdicts;
import dev.rebound.lookup.Verdicts.Verdict;
import dev.rebound.schema.Suppression;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.RuleProgress;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Answers about suppressions as JSON. What is not known is null; every answer of a kind has the same members. */
final class SuppressionJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SuppressionJson() {}

    static ObjectNode checked(Checked checked) {
        ObjectNode json = JSON.createObjectNode();
        json.put("address", checked.address());
        json.put("suppressed", !checked.entries().isEmpty());
        json.set("entries", all(checked.entries(), SuppressionJson::record));
        return staleness(json, checked.staleness());
    }

    static ObjectNode verdicts(Verdicts verdicts) {
        ObjectNode json = JSON.createObjectNode();
        json.set("results", all(verdicts.results(), SuppressionJson::verdict));
        return staleness(json, verdicts.staleness());
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode json = JSON.createObjectNode().put("address", verdict.address());
        if (verdict.error().isPresent()) {
            return json.put("error", verdict.error().get());
        }
        json.put("suppressed", verdict.suppression().isPresent());
        verdict.suppression().ifPresent(strongest -> json.put("list", strongest.getList())
                .put("reason", strongest.getReason().name())
                .put("category", strongest.getCategory())
                .put("expires", text(strongest.getExpires())));
        return json;
    }

    static ObjectNode page(Page page) {
        ObjectNode json = JSON.createObjectNode();
        json.set("suppressions", all(page.suppressions(), SuppressionJson::record));
        page.cursor().ifPresent(cursor -> json.put("cursor", cursor));
        return staleness(json, page.staleness());
    }

    static ObjectNode history(AddressHistory known) {
        History history = known.history();
        ObjectNode json = JSON.createObjectNode();
        json.put("list", known.key().list().text());
        json.put("address", known.key().address());
        Suppression suppression = known.decision().suppression();
        json.set("suppression", suppression == null ? null : record(suppression));
        long next = known.decision().next();
        json.put("next", next == Decision.NEVER ? null : text(Instant.ofEpochMilli(next)));
        json.set("evidence", all(history.evidence(), SuppressionJson::evidence));
        json.set("deliveries", all(history.acceptances(), SuppressionJson::item));
        json.set("contradictions", all(history.contradictions(), SuppressionJson::item));
        json.set("commands", all(history.commands(), SuppressionJson::command));
        json.set("removal", history.removal() == null ? null : command(history.removal()));
        json.put("policy", known.policy().name());
        json.put("policyRevision", known.policy().revision());
        json.set("rules", all(known.rules(), SuppressionJson::rule));
        return staleness(json, known.staleness());
    }

    private static ObjectNode evidence(Evidence found) {
        return JSON.createObjectNode()
                .put("eventId", found.id())
                .put("eventTime", time(found))
                .put("outcome", found.outcome().name())
                .put("bounceType", found.bounceType().name())
                .put("category", found.category())
                .put("scope", found.scope().name())
                .put("gone", found.gone())
                .put("statusClass", found.statusClass() == 0 ? null : found.statusClass())
                .put("code", found.code())
                .put("provider", found.provider())
                .put("uncorrelated", found.uncorrelated())
                .put("asynchronous", found.asynchronous())
                .put("stream", found.stream())
                .put("reply", found.reply())
                .put("topic", found.topic())
                .put("partition", found.partition())
                .put("offset", found.offset());
    }

    private static ObjectNode item(Item item) {
        return JSON.createObjectNode().put("eventId", item.id()).put("eventTime", time(item));
    }

    private static ObjectNode command(Command command) {
        return JSON.createObjectNode()
                .put("commandId", command.id())
                .put("issuedAt", time(command))
                .put("action", command.action().name())
                .put("reason", command.reason().name())
                .put("category", command.category())
                .put("since", text(command.since()))
                .put("expires", text(command.expires()))
                .put("source", command.source().name())
                .put("by", command.by())
                .put("why", command.why())
                .put("detail", command.detail())
                .put(
                        "retracts",
                        command.retracts() == null ? null : command.retracts().id());
    }

    private static ObjectNode rule(RuleProgress progress) {
        return JSON.createObjectNode()
                .put("rule", progress.rule().id())
                .put("explanation", progress.rule().explanation())
                .put("counted", progress.counted())
                .put("needed", progress.rule().failures())
                .put("occurrence", progress.occurrence())
                .put("suppresses", progress.suppresses());
    }

    static ObjectNode staleness(ObjectNode json, List<Staleness> staleness) {
        json.put("stale", !staleness.isEmpty());
        if (!staleness.isEmpty()) {
            json.set("staleness", all(staleness, SuppressionJson::staleness));
        }
        return json;
    }

    private static ObjectNode staleness(Staleness stale) {
        return JSON.createObjectNode()
                .put("partition", stale.partition())
                .put("reason", stale.reason().name())
                .put("lag", stale.lag().isPresent() ? stale.lag().getAsLong() : null);
    }

    private static JsonNode record(Suppression suppression) {
        try {
            return JSON.readTree(PlainJson.write(suppression, PlainJson.Nulls.WRITE));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading what was just written", e);
        }
    }

    private static <T> ArrayNode all(List<T> values, Function<T, ? extends JsonNode> one) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(value -> array.add(one.apply(value)));
        return array;
    }

    private static String time(Item item) {
        return text(Instant.ofEpochMilli(item.time()));
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
