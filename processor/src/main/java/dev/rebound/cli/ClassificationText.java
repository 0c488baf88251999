package dev.rebound.cli;

import dev.rebound.classify.Categories;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.TextRule;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.CodeFound;
import dev.rebound.schema.DeliveryEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** A classification in words: what it is, what was found, and what decided. */
final class ClassificationText {

    private ClassificationText() {}

    static void print(DeliveryEvent event, Classification classification, CodeTable table, PrintWriter out) {
        out.println(headline(classification));
        Categories.shipped().byName(classification.getCategory()).ifPresent(category -> {
            line(out, "means", category.meaning());
            line(out, "what to do", category.whatToDo());
        });
        line(out, "scope", classification.getScope() + (classification.getRecipientGone() ? ", recipient gone" : ""));
        line(out, "confidence", classification.getConfidence().toString());
        line(out, "decided by", decidedBy(classification));
        if (classification.getRule() != null) {
            describe(classification.getRule(), table, event.getEventTime(), out);
        }
        if (classification.getProvider() != null) {
            line(out, "provider", classification.getProvider());
        }
        if (classification.getCodesFound().isEmpty()) {
            line(out, "codes", "none found");
        }
        for (CodeFound code : classification.getCodesFound()) {
            line(
                    out,
                    "found",
                    code.getCode() + " at " + code.getPosition() + " in the " + place(code)
                            + (code.getOverruledBecause() == null ? "" : ", not used: " + code.getOverruledBecause()));
        }
    }

    private static void describe(String id, CodeTable table, Instant at, PrintWriter out) {
        TextRule rule = table.rule(id, at);
        if (rule != null) {
            line(out, "rule says", Objects.requireNonNullElse(rule.explanation(), ""));
            line(out, "source", rule.origins() + (rule.reference() == null ? "" : ", " + rule.reference()));
            return;
        }
        CodeRow row = table.row(id, at);
        line(out, "row says", quoted(row.summary()) + (row.explanation() == null ? "" : " " + row.explanation()));
        line(out, "source", row.origins() + (row.reference() == null ? "" : ", " + row.reference()));
    }

    private static String headline(Classification classification) {
        String type = classification.getBounceType() == BounceType.NONE
                ? "not a bounce"
                : classification.getBounceType().name().toLowerCase(Locale.ROOT) + " bounce";
        return classification.getCategory() + ": " + type
                + (classification.getStatusClass() == null ? "" : ", class " + classification.getStatusClass());
    }

    /** What decided, as the end of a sentence. */
    static String decidedBy(Classification classification) {
        return switch (classification.getLayer()) {
            case NONE -> "nothing: no code was found that the table knows";
            case OUTCOME -> "the outcome of the attempt";
            case TEXT -> "text rule " + classification.getRule();
            case PROVIDER_TEXT -> "text rule " + classification.getRule() + ", for this provider";
            case EXACT -> "code " + classification.getRule();
            case SUBJECT -> "subject " + classification.getRule() + ", because its detail is not in the table";
            case BASIC -> "basic code " + classification.getRule();
            case CLASS -> "class " + classification.getRule() + ", because the table knows no more specific row";
            case GROUP -> "group " + classification.getRule() + ", because the table knows no more specific row";
        };
    }

    private static String place(CodeFound code) {
        return switch (code.getSource()) {
            case REPLY_ENHANCED, REPLY_BASIC -> "reply";
            case VENDOR_TAG -> "reply, a mark of the provider";
            case STATUS -> "status field";
            case UNKNOWN -> "evidence";
        };
    }

    private static String quoted(String text) {
        return text == null ? "" : "\"" + text + "\"";
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-11s %s%n", name, value.strip());
    }
}
