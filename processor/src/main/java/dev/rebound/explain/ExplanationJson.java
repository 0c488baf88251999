package dev.rebound.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.Category;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.Explanation;
import dev.rebound.classify.TextRule;
import dev.rebound.json.PlainJson;
import java.io.UncheckedIOException;

/** An explanation as JSON: {@code classification}, {@code category}, {@code smtpCommand}, {@code rules} and {@code row}. */
public final class ExplanationJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplanationJson() {}

    /** The explanation; what is not known is {@code null}, and every explanation has the same fields. */
    public static ObjectNode of(Explanation explanation) {
        ObjectNode json = JSON.createObjectNode();
        try {
            json.set(
                    "classification",
                    JSON.readTree(PlainJson.write(explanation.classification(), PlainJson.Nulls.WRITE)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading what was just written", e);
        }
        json.set("category", category(explanation.category()));
        json.put("smtpCommand", explanation.smtpCommand());
        ArrayNode rules = json.putArray("rules");
        explanation.rules().forEach(found -> rules.add(rule(found)));
        json.set("row", row(explanation.row()));
        return json;
    }

    private static ObjectNode category(Category category) {
        return JSON.createObjectNode()
                .put("name", category.name())
                .put("scope", category.scope().name())
                .put("meaning", category.meaning())
                .put("whatToDo", category.whatToDo());
    }

    private static ObjectNode rule(Explanation.RuleFound found) {
        TextRule rule = found.rule();
        return JSON.createObjectNode()
                .put("id", rule.id())
                .put("category", rule.category().name())
                .put("recipientGone", rule.saysGone())
                .put("provider", rule.provider())
                .put("when", rule.when().text())
                .put("words", found.words())
                .put("explanation", rule.explanation())
                .put("source", rule.reference())
                .put("origins", rule.origins())
                .put("overruledBecause", found.overruledBecause());
    }

    private static ObjectNode row(CodeRow row) {
        return row == null
                ? null
                : JSON.createObjectNode()
                        .put("id", row.id().text())
                        .put("category", row.category().name())
                        .put("wording", row.summary())
                        .put("explanation", row.explanation())
                        .put("source", row.reference())
                        .put("origins", row.origins());
    }
}
