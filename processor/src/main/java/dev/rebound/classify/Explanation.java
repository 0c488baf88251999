package dev.rebound.classify;

import dev.rebound.schema.Classification;
import java.util.List;

/**
 * A classification with all that led to it.
 *
 * @param classification the outcome, with the codes found and the overruled ones
 * @param smtpCommand the command that was refused, from the event or from words in the reply; null when neither says
 * @param rules text rules that match, the best first; empty where the attempt's outcome says it all
 * @param row the most specific row that has a category for the codes, whether it decided or not; null when there is none
 * @param category what the classification's category means, and what to do about it
 */
public record Explanation(
        Classification classification, String smtpCommand, List<RuleFound> rules, CodeRow row, Category category) {

    /**
     * A text rule that matches.
     *
     * @param rule the rule
     * @param words what it was found by, in lower case, addresses left out
     * @param overruledBecause why it did not decide; null for the one that did
     */
    public record RuleFound(TextRule rule, String words, String overruledBecause) {}

    /** Copies the rules. */
    public Explanation {
        rules = List.copyOf(rules);
    }
}
