package dev.rebound.cli;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.evaluate.Evaluation;
import dev.rebound.evaluate.EvaluationReport;
import dev.rebound.evaluate.InvalidLabelsException;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What rules of a file change about the classification of replies, laid over the rules that ship. */
final class RuleTrial {

    private final CodeTable without = ShippedCodes.table();
    private final CodeTable with;

    /** Of these rules, by their ids. */
    RuleTrial(Map<String, StatusCodeRevision> rules) {
        Stream<StatusCode> added = rules.entrySet().stream()
                .map(rule -> new StatusCode(rule.getKey(), Origin.OPERATOR.text(), List.of(rule.getValue())));
        with = CodeTable.of(Stream.concat(ShippedCodes.rows().stream(), added).toList());
    }

    /** Prints how an event is classified without and with the rules; answers whether that differs. */
    boolean print(DeliveryEvent event, PrintWriter out) {
        Classification before = Classifier.classify(event, without);
        Classification after = Classifier.classify(event, with);
        boolean changed = !verdict(before).equals(verdict(after));
        out.println((changed ? "changed  " : "same     ") + event.getReply().replace("\n", "\\n"));
        out.println("  without  " + verdict(before));
        out.println("  with     " + verdict(after));
        return changed;
    }

    /** Prints how often the classifier is right on labelled replies without and with the rules, and the rows that differ. */
    void evaluate(Path labelled, PrintWriter out) throws IOException, InvalidLabelsException {
        EvaluationReport.printChange(
                Evaluation.of(labelled, event -> Classifier.classify(event, without)),
                Evaluation.of(labelled, event -> Classifier.classify(event, with)),
                out);
    }

    private static String verdict(Classification classification) {
        return String.format(
                "%-22s %-4s %-4s by %s",
                classification.getCategory(),
                classification.getBounceType(),
                classification.getRecipientGone() ? "gone" : "-",
                ClassificationText.decidedBy(classification));
    }
}
