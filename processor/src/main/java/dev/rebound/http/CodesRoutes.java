package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.Category;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Phrase;
import dev.rebound.classify.TextRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Routes that show what codes and the words of replies mean. */
public final class CodesRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEARCH = "q";
    private static final int SHOWN_PHRASES = 3;

    private CodesRoutes() {}

    /**
     * {@code GET /api/v1/codes}: the rows in force now, codes in numeric order and then text rules, or those of them that have a text in
     * any of their words, those that begin with it first.
     *
     * @param table the codes and rules that count now
     */
    public static List<Route> of(Supplier<CodeTable> table, Clock clock) {
        return List.of(Route.get("/api/v1/codes", Access.READ, context -> {
            String wanted = Query.read(context, List.of(SEARCH)).getOrDefault(SEARCH, "");
            CodeTable codes = table.get();
            if (codes.size() == 0) {
                throw ProblemException.of(
                        ProblemType.NOT_READY, "the codes are not loaded yet; /health/ready says when they are");
            }
            context.json(codes(codes, clock.instant(), wanted.strip().toLowerCase(Locale.ROOT)));
        }));
    }

    private static ObjectNode codes(CodeTable table, Instant now, String wanted) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode codes = json.putArray("codes");
        Stream.concat(
                        table.rows(now).stream().map(CodesRoutes::code),
                        table.rules(now).stream().map(CodesRoutes::rule))
                .filter(row -> has(row, wanted))
                .sorted(Comparator.comparing(row -> !isAbout(row, wanted)))
                .forEach(codes::add);
        return json;
    }

    private static ObjectNode code(CodeRow row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("code", row.id().text()).put("kind", row.id().layer().name());
        json.put("summary", row.summary()).put("description", row.description());
        json.put("explanation", row.explanation());
        means(json, row.category());
        json.put(
                "bounceType", row.bounceType() == null ? null : row.bounceType().name());
        json.put("provider", (String) null);
        return source(json, row.reference(), row.origins());
    }

    private static ObjectNode rule(TextRule rule) {
        ObjectNode json = JSON.createObjectNode();
        json.put("code", rule.id()).put("kind", "TEXT");
        List<String> phrases = rule.phrases().stream().map(Phrase::written).toList();
        String first = String.join(" | ", phrases.subList(0, Math.min(SHOWN_PHRASES, phrases.size())));
        json.put("summary", phrases.size() > SHOWN_PHRASES ? first + " | ..." : first);
        json.put("description", String.join(" | ", phrases)).put("explanation", rule.explanation());
        means(json, rule.category());
        json.put(
                "bounceType",
                rule.bounceType() == null ? null : rule.bounceType().name());
        json.put("provider", rule.provider());
        return source(json, rule.reference(), rule.origins());
    }

    private static void means(ObjectNode json, Category category) {
        json.put("category", category == null ? null : category.name());
        json.put("scope", category == null ? null : category.scope().name());
        json.put("meaning", category == null ? null : category.meaning());
        json.put("whatToDo", category == null ? null : category.whatToDo());
        json.put("recipientGone", category == null ? null : category.gone().name());
    }

    private static ObjectNode source(ObjectNode json, String reference, String origins) {
        json.put("reference", reference);
        ArrayNode names = json.putArray("origins");
        Stream.of(origins.split("\\+")).forEach(names::add);
        return json;
    }

    /** Whether the code is the one that was asked for, or begins so: that comes before those that only mention it. */
    private static boolean isAbout(ObjectNode row, String wanted) {
        return row.get("code").textValue().toLowerCase(Locale.ROOT).startsWith(wanted);
    }

    private static boolean has(ObjectNode row, String wanted) {
        return wanted.isEmpty()
                || row.properties().stream()
                        .filter(member -> member.getValue().isTextual())
                        .anyMatch(member -> member.getValue()
                                .textValue()
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted));
    }
}
