package dev.rebound.evaluate;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation for people, and for programs. */
public final class EvaluationReport {

    private static final int LONGEST_REPLY = 100;

    private EvaluationReport() {}

    /** Prints figures, the confusion matrix and the misses. */
    public static void print(Evaluation evaluation, PrintWriter out) {
        out.printf(Locale.ROOT, "rows scored         %d%n", evaluation.scored());
        evaluation.aside().forEach((why, rows) -> out.printf(Locale.ROOT, "  left out          %d (%s)%n", rows, why));
        out.printf(
                Locale.ROOT,
                "recipient gone      precision %.3f, recall %.3f%n",
                evaluation.gonePrecision(),
                evaluation.goneRecall());
        out.printf(Locale.ROOT, "scope right         %.1f %%%n", 100 * evaluation.scopeAccuracy());
        if (!Double.isNaN(evaluation.categoryAccuracy())) {
            out.printf(Locale.ROOT, "category right      %.1f %%%n", 100 * evaluation.categoryAccuracy());
        }
        out.printf(Locale.ROOT, "unknown             %.1f %%%n%n", 100 * evaluation.unknownShare());
        matrix(evaluation, out);
        misses(evaluation.misses(), out);
    }

    private static void matrix(Evaluation evaluation, PrintWriter out) {
        out.printf("%-20s", "labelled / found");
        for (Fault found : Fault.values()) {
            out.printf("%20s", found.name());
        }
        out.println();
        for (Fault expected : Fault.values()) {
            out.printf("%-20s", expected.name());
            for (Fault found : Fault.values()) {
                out.printf(Locale.ROOT, "%20d", evaluation.count(expected, found));
            }
            out.println();
        }
    }

    private static void misses(List<Evaluation.Miss> misses, PrintWriter out) {
        out.printf(Locale.ROOT, "%nmisses: %d%n", misses.size());
        for (Evaluation.Miss miss : misses) {
            out.printf(
                    "%s: %s, found %s (%s by %s): %s%n",
                    miss.id(),
                    miss.expected(),
                    miss.found(),
                    miss.category(),
                    miss.decidedBy(),
                    shortened(miss.reply().replace('\n', ' ')));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REPLY ? text : text.substring(0, LONGEST_REPLY) + "…";
    }

    /** The same as values for JSON. */
    public static Map<String, Object> toMap(Evaluation evaluation) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("scored", evaluation.scored());
        report.put("aside", evaluation.aside());
        report.put("gonePrecision", evaluation.gonePrecision());
        report.put("goneRecall", evaluation.goneRecall());
        report.put("scopeAccuracy", evaluation.scopeAccuracy());
        report.put(
                "categoryAccuracy", Double.isNaN(evaluation.categoryAccuracy()) ? null : evaluation.categoryAccuracy());
        report.put("unknownShare", evaluation.unknownShare());
        report.put("confusion", evaluation.confusion());
        report.put("misses", evaluation.misses());
        return report;
    }
}
