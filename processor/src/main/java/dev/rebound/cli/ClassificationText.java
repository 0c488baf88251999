package dev.rebound.cli;

import dev.rebound.classify.CodeRow;
import dev.rebound.classify.Explanation;
import dev.rebound.classify.TextRule;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.CodeFound;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;

/** A classification in words: what it is, what was found, and what decided. */
final class ClassificationText {

    private ClassificationText() {}

    /** @param all also the text rules that match and did not decide */
    static void print(Explanation explanation, boolean all, PrintWriter out) {
        Classification classification = explanation.classification();
        out.println(headline(classification));
        line(out, "means", explanation.category().meaning());
        line(out, "what to do", explanation.category().whatToDo());
        line(out, "scope", classification.getScope() + (classification.getRecipientGone() ? ", recipient gone" : ""));
        line(out, "confidence", classification.getConfidence().toString());
        line(out, "decided by", decidedBy(classification));
        explanation.rules().stream()
                .filter(found -> found.overruledBecause() == null)
                .forEach(found -> describe(found, out));
        CodeRow row = explanation.row();
        if (row != null && (all || row.id().text().equals(classification.getRule()))) {
            describe(row, out);
        }
        if (classification.getProvider() != null) {
            line(out, "provider", classification.getProvider());
        }
        if (explanation.smtpCommand() != null) {
            line(out, "command", explanation.smtpCommand());
        }
        codes(classification, out);
        if (all) {
            explanation.rules().stream()
                    .filter(found -> found.overruledBecause() != null)
                    .forEach(found -> line(
                            out,
                            "not used",
                            "text rule " + found.rule().id() + ", "
                                    + found.rule().category().name() + ", by \"" + found.words() + "\": "
                                    + found.overruledBecause()));
        }
    }

    private static void codes(Classification classification, PrintWriter out) {
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

    private static void describe(Explanation.RuleFound found, PrintWriter out) {
        TextRule rule = found.rule();
        line(out, "words", "\"" + found.words() + "\"");
        line(out, "rule says", Objects.requireNonNullElse(rule.explanation(), ""));
        line(out, "source", rule.origins() + (rule.reference() == null ? "" : ", " + rule.reference()));
    }

    private static void describe(CodeRow row, PrintWriter out) {
        line(
                out,
                "code " + row.id().text(),
                quoted(row.summary()) + (row.explanation() == null ? "" : " " + row.explanation()));
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
            case NONE -> "nothing: no words and no code that the table knows";
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
