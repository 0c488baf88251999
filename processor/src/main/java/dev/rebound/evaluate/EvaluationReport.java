package dev.rebound.evaluate;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
        categories(evaluation, out);
        misses(evaluation.misses(), out);
    }

    private static void categories(Evaluation evaluation, PrintWriter out) {
        if (evaluation.categories().isEmpty()) {
            return;
        }
        out.printf("%n%-24s%10s%10s%10s%n", "category", "labelled", "found", "right");
        evaluation
                .categories()
                .forEach((name, count) -> out.printf(
                        Locale.ROOT, "%-24s%10d%10d%10d%n", name, count.labelled(), count.found(), count.right()));
    }

    /** Prints the figures of two evaluations of the same rows side by side, and the rows that were gained and lost between. */
    public static void printChange(Evaluation before, Evaluation after, PrintWriter out) {
        out.printf(Locale.ROOT, "rows scored         %10d%n", before.scored());
        out.printf("%-20s%10s%10s%n", "", "without", "with");
        figures(out, "gone precision", before.gonePrecision(), after.gonePrecision());
        figures(out, "gone recall", before.goneRecall(), after.goneRecall());
        figures(out, "scope right", before.scopeAccuracy(), after.scopeAccuracy());
        if (!Double.isNaN(before.categoryAccuracy())) {
            figures(out, "category right", before.categoryAccuracy(), after.categoryAccuracy());
        }
        figures(out, "unknown", before.unknownShare(), after.unknownShare());
        out.printf(
                Locale.ROOT,
                "%-20s%10d%10d%n",
                "misses",
                before.misses().size(),
                after.misses().size());
        Map<List<String>, Evaluation.Miss> wrongBefore = byRow(before);
        Map<List<String>, Evaluation.Miss> wrongAfter = byRow(after);
        misses("right with the rules, wrong without", before, miss -> !wrongAfter.containsKey(row(miss)), out);
        misses("wrong with the rules, right without", after, miss -> !wrongBefore.containsKey(row(miss)), out);
        misses(
                "wrong in another way with the rules",
                after,
                miss -> wrongBefore.containsKey(row(miss)) && isOther(miss, wrongBefore.get(row(miss))),
                out);
    }

    private static boolean isOther(Evaluation.Miss a, Evaluation.Miss b) {
        return a.found() != b.found() || !a.category().equals(b.category());
    }

    private static void figures(PrintWriter out, String name, double before, double after) {
        out.printf(Locale.ROOT, "%-20s%10.3f%10.3f%n", name, before, after);
    }

    private static void misses(
            String title, Evaluation evaluation, Predicate<Evaluation.Miss> wanted, PrintWriter out) {
        List<Evaluation.Miss> misses =
                evaluation.misses().stream().filter(wanted).toList();
        out.printf(Locale.ROOT, "%n%s: %d%n", title, misses.size());
        misses.forEach(miss -> miss(miss, out));
    }

    private static Map<List<String>, Evaluation.Miss> byRow(Evaluation evaluation) {
        return evaluation.misses().stream()
                .collect(Collectors.toMap(EvaluationReport::row, Function.identity(), (first, same) -> first));
    }

    /** In tables of other people, several rows may have the same id. */
    private static List<String> row(Evaluation.Miss miss) {
        return List.of(miss.id(), miss.reply());
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
        misses.forEach(miss -> miss(miss, out));
    }

    private static void miss(Evaluation.Miss miss, PrintWriter out) {
        out.printf(
                "%s: %s, found %s (%s by %s): %s%n",
                miss.id(),
                miss.expected(),
                miss.found(),
                miss.category(),
                miss.decidedBy(),
                shortened(miss.reply().replace('\n', ' ')));
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
        report.put("categories", evaluation.categories());
        report.put("misses", evaluation.misses());
        return report;
    }
}
