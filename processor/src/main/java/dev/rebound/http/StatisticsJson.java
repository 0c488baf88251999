package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.lookup.Measure;
import dev.rebound.lookup.Staleness;
import dev.rebound.schema.Scope;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Counts.Counter;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.Quantiles;
import dev.rebound.statistics.Replies.Reply;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.WindowSize;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Answers about statistics as JSON. What is not known is null; every answer of a kind has the same members. */
final class StatisticsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All that there can be, so that a reader finds each whether it is zero or not. */
    private static final Counter[] IN_ORDER = {
        Counter.DELIVERED,
        Counter.DEFERRED,
        Counter.SOFT,
        Counter.HARD,
        Counter.COMPLAINED,
        Counter.NOT_ATTEMPTED,
        Counter.UNCLASSIFIED,
        Counter.EXPIRED,
        Counter.ASYNCHRONOUS,
        Counter.BLOCKED
    };

    private StatisticsJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** An answer with the span that it is about. */
    static ObjectNode about(Span span, Optional<Instant> watermark, List<Staleness> staleness) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", span.from() == Span.OPEN_FROM ? null : moment(span.from()));
        json.put("to", span.to() == Span.OPEN_TO ? null : moment(span.to()));
        json.put("watermark", watermark.map(Instant::toString).orElse(null));
        return SuppressionJson.staleness(json, staleness);
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** The figures of some counts, into an object. */
    static ObjectNode figures(ObjectNode json, Counts counts) {
        json.put("attempts", counts.attempts());
        json.put("messages", counts.messages());
        for (Counter counter : IN_ORDER) {
            json.put(name(counter), counts.get(counter));
        }
        ObjectNode rates = json.putObject("rates");
        put(rates, "delivery", Measure.deliveryRate(counts));
        put(rates, "bounce", Measure.bounceRate(counts));
        put(rates, "deferral", Measure.deferralRate(counts));
        put(rates, "complaint", Measure.complaintRate(counts));
        put(rates, "blocked", Measure.blockedRate(counts));
        return json;
    }

    static ObjectNode figures(Counts counts) {
        return figures(JSON.createObjectNode(), counts);
    }

    private static void put(ObjectNode rates, String name, Optional<Double> rate) {
        rates.put(name, rate.orElse(null));
    }

    /** {@code notAttempted} of NOT_ATTEMPTED. */
    private static String name(Counter counter) {
        return Measure.valueOf(counter.name()).text();
    }

    /** Figures with why and whose trouble. */
    static ObjectNode explained(Counts counts) {
        ObjectNode json = figures(counts);
        json.set("categories", categoryCounts(counts));
        json.set("scopes", scopes(counts));
        return json;
    }

    static ObjectNode categoryCounts(Counts counts) {
        ObjectNode json = JSON.createObjectNode();
        counts.categories().forEach(json::put);
        return json;
    }

    static ObjectNode scopes(Counts counts) {
        ObjectNode json = JSON.createObjectNode();
        counts.scopes().forEach((scope, events) -> json.put(scope.name(), events));
        return json;
    }

    /** Categories with their scope, the most frequent first. */
    static ArrayNode categories(Counts counts) {
        ArrayNode json = JSON.createArrayNode();
        frequent(counts.categories()).forEach(entry -> json.addObject()
                .put("category", entry.getKey())
                .put("scope", scope(entry.getKey()))
                .put("events", entry.getValue()));
        return json;
    }

    /** Codes, the most frequent first. */
    static ArrayNode codes(Counts counts) {
        ArrayNode json = JSON.createArrayNode();
        frequent(counts.codes())
                .forEach(entry -> json.addObject().put("code", entry.getKey()).put("events", entry.getValue()));
        return json;
    }

    private static List<Map.Entry<String, Long>> frequent(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** Name of the scope of a category; null when the category is null or not known. */
    static String scope(String category) {
        return Optional.ofNullable(category)
                .flatMap(Categories.shipped()::byName)
                .map(Category::scope)
                .map(Scope::name)
                .orElse(null);
    }

    /** Points of a series. */
    static ArrayNode points(SortedMap<Long, Counts> windows) {
        ArrayNode json = JSON.createArrayNode();
        windows.forEach((start, counts) -> {
            ObjectNode point = json.addObject().put("start", moment(start));
            figures(point, counts);
            point.set("categories", categoryCounts(counts));
            point.set("scopes", scopes(counts));
        });
        return json;
    }

    /** A short series: start in epoch milliseconds, attempts and failures of each window. */
    static ObjectNode spark(WindowSize step, SortedMap<Long, Counts> windows) {
        ObjectNode json = JSON.createObjectNode().put("step", step.text());
        ArrayNode points = json.putArray("points");
        windows.forEach((start, counts) ->
                points.addArray().add(start).add(counts.attempts()).add(counts.failed()));
        return json;
    }

    static ObjectNode details(Details details, Span span) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", span.from() == Span.OPEN_FROM ? null : moment(span.from()));
        json.put("to", span.to() == Span.OPEN_TO ? null : moment(span.to()));
        json.set("timeToDeliver", quantiles(details.timeToDeliver()));
        json.set("attemptsPerMessage", quantiles(details.attempts()));
        json.put("recipients", details.recipients().count());
        ArrayNode replies = json.putArray("replies");
        for (Reply reply : details.replies().top()) {
            replies.addObject()
                    .put("text", reply.text())
                    .put("events", reply.events())
                    .put("example", reply.example())
                    .put("category", reply.category())
                    .put("scope", scope(reply.category()))
                    .put("code", reply.code())
                    .put("lastSeen", moment(reply.latest()));
        }
        return json;
    }

    /** Null when there are no values. */
    private static ObjectNode quantiles(Quantiles values) {
        return values.count() == 0
                ? null
                : JSON.createObjectNode()
                        .put("messages", values.count())
                        .put("p50", values.at(0.5))
                        .put("p90", values.at(0.9))
                        .put("p99", values.at(0.99));
    }
}
