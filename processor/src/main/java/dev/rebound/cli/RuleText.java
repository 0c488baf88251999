package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Phrase;
import dev.rebound.classify.TextRule;
import java.io.PrintWriter;

/** Text rules in words and in JSON. */
final class RuleText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RuleText() {}

    /** One line of a table. */
    static String line(TextRule rule) {
        return String.format(
                "%-40s %-22s %-4s %-14s %-32s %-16s %s",
                rule.id(),
                rule.category().name(),
                rule.saysGone() ? "gone" : "-",
                rule.provider() == null ? "-" : rule.provider(),
                rule.when().text().isEmpty() ? "-" : rule.when().text(),
                rule.origins(),
                switch (rule.phrases().size()) {
                    case 0 -> "off: no phrases";
                    case 1 -> "1 phrase";
                    default -> rule.phrases().size() + " phrases";
                });
    }

    /** One line of JSON. */
    static String json(TextRule rule) {
        ObjectNode object = JSON.createObjectNode()
                .put("id", rule.id())
                .put("category", rule.category().name())
                .put("scope", rule.category().scope().name())
                .put("recipientGone", rule.saysGone())
                .put("provider", rule.provider())
                .put("when", rule.when().text())
                .put(
                        "bounceType",
                        rule.bounceType() == null ? null : rule.bounceType().name());
        ArrayNode phrases = object.putArray("phrases");
        rule.phrases().stream().map(Phrase::written).forEach(phrases::add);
        return object.put("explanation", rule.explanation())
                .put("source", rule.reference())
                .put("origins", rule.origins())
                .toString();
    }

    /**
     * A rule in full: merged, then what each origin says, with its history.
     *
     * @param rule null when it is not in force
     */
    static void print(TextRule rule, CodeTable table, String id, PrintWriter out) {
        out.println(id);
        if (rule == null) {
            CodeRowText.field(out, "in force", "no");
        } else {
            CodeRowText.field(out, "category", rule.category().name());
            CodeRowText.field(out, "scope", rule.category().scope() + (rule.saysGone() ? ", recipient gone" : ""));
            CodeRowText.field(out, "what to do", rule.category().whatToDo());
            CodeRowText.field(
                    out,
                    "bounce type",
                    rule.bounceType() == null
                            ? "by the code"
                            : rule.bounceType().name());
            CodeRowText.field(out, "provider", rule.provider());
            CodeRowText.field(
                    out,
                    "when",
                    rule.when().text().isEmpty() ? null : rule.when().text());
            if (rule.phrases().isEmpty()) {
                CodeRowText.field(out, "phrase", "none: the rule is switched off");
            }
            rule.phrases().forEach(phrase -> CodeRowText.field(out, "phrase", phrase.written()));
            CodeRowText.field(out, "explanation", rule.explanation());
            CodeRowText.field(out, "source", rule.reference());
        }
        CodeRowText.printOrigins(table, id, out);
    }
}
