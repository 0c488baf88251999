package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules about texts, compiled so that one pass over a reply finds what any of them looks for. Of several that match, a weak
 * one goes last, a rule for the receiving provider goes before one for any, then the one with the longest phrase, then the one
 * with the most conditions, then the one whose id comes first. What a rule finds within the words of a heavier weak rule does
 * not count: so a weak rule can say that a phrase does not mean what the words in it mean. Immutable.
 */
final class TextRules {

    private static final Comparator<Match> BEST_FIRST = Comparator.comparing(
                    (Match match) -> match.rule().when().weak())
            .thenComparing(match -> match.rule().provider() == null)
            .thenComparing(Comparator.comparingInt(Match::weight).reversed())
            .thenComparing(Comparator.comparingInt(
                            (Match match) -> match.rule().when().conditions().size())
                    .reversed())
            .thenComparing(match -> match.rule().id());

    /**
     * A rule that matches.
     *
     * @param rule the rule
     * @param words what was found of the heaviest of its phrases, from its first word to its last, in the folded reply
     * @param weight how many characters of it the phrase names: the more, the more is known
     */
    record Match(TextRule rule, String words, int weight) {}

    /** A rule, and what it was before and after. */
    private record Dated(TextRule rule, Timeline<TextRule> history) {}

    private static final int NONE = -1;

    private final PhraseSteps phrases;
    private final List<Dated> rules = new ArrayList<>();
    /** By rule: what {@link #BEST_FIRST} goes by, as one number, the greater the better; the weight is added where it matches. */
    private final long[] rank;

    private final ThreadLocal<Scan> scan = ThreadLocal.withInitial(Scan::new);

    private TextRules(Collection<Timeline<TextRule>> histories) {
        PhraseSteps.Builder steps = new PhraseSteps.Builder();
        for (Timeline<TextRule> history : histories) {
            for (TextRule rule : history.all()) {
                rule.phrases().forEach(phrase -> steps.add(rules.size(), phrase));
                rules.add(new Dated(rule, history));
            }
        }
        phrases = steps.build();
        rank = ranks();
    }

    private long[] ranks() {
        List<TextRule> byId = rules.stream()
                .map(Dated::rule)
                .sorted(Comparator.comparing(TextRule::id).reversed())
                .toList();
        Map<TextRule, Integer> places = new IdentityHashMap<>();
        byId.forEach(rule -> places.put(rule, places.size()));
        return rules.stream()
                .map(Dated::rule)
                .mapToLong(rule -> (rule.when().weak() ? 0 : 1L << 62)
                        | (rule.provider() == null ? 0 : 1L << 61)
                        | ((long) rule.when().conditions().size() << 32)
                        | places.get(rule))
                .toArray();
    }

    /** Compiles rules; there may be none. */
    static TextRules of(Collection<TextRule> rules) {
        return over(rules.stream().map(Timeline::always).toList());
    }

    /** Compiles rules and what they were before; there may be none. */
    static TextRules over(Collection<Timeline<TextRule>> histories) {
        return new TextRules(histories);
    }

    /** The rules that match, the best first. */
    List<Match> matching(Evidence evidence) {
        if (nothingToSay(evidence)) {
            return List.of();
        }
        Scan found = scan.get().over(evidence.reply());
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < found.rules; i++) {
            if (counts(found, found.rule[i], evidence)) {
                matches.add(found.match(found.rule[i]));
            }
        }
        matches.sort(BEST_FIRST);
        return matches;
    }

    /**
     * The best of the rules that match.
     *
     * @param rule the rule
     * @param contested another one that is not weak blames somebody else, by other words
     */
    record Best(TextRule rule, boolean contested) {}

    /** The best of the rules that match; null when none does. */
    Best best(Evidence evidence) {
        if (nothingToSay(evidence)) {
            return null;
        }
        Scan found = scan.get().over(evidence.reply());
        int best = NONE;
        for (int i = 0; i < found.rules; i++) {
            int number = found.rule[i];
            if ((best == NONE || found.isBetter(number, best)) && counts(found, number, evidence)) {
                best = number;
            }
        }
        return best == NONE ? null : new Best(rules.get(best).rule(), isContested(found, best, evidence));
    }

    private boolean isContested(Scan found, int best, Evidence evidence) {
        TextRule rule = rules.get(best).rule();
        for (int i = 0; i < found.rules; i++) {
            int other = found.rule[i];
            TextRule candidate = rules.get(other).rule();
            if (candidate.category().scope() != rule.category().scope()
                    && !candidate.when().weak()
                    && !found.covers(best, other)
                    && counts(found, other, evidence)) {
                return true;
            }
        }
        return false;
    }

    private boolean nothingToSay(Evidence evidence) {
        return evidence.reply() == null || evidence.reply().isEmpty() || rules.isEmpty();
    }

    private boolean counts(Scan found, int number, Evidence evidence) {
        if (!holds(number, evidence)) {
            return false;
        }
        for (int i = 0; i < found.rules; i++) {
            int other = found.rule[i];
            if (found.covers(other, number) && rules.get(other).rule().when().weak() && holds(other, evidence)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(int number, Evidence evidence) {
        Dated dated = rules.get(number);
        TextRule rule = dated.rule();
        return (rule.provider() == null || rule.provider().equals(evidence.provider()))
                && rule.when().hold(evidence)
                && !(rule.saysGone() && evidence.isAboutSender())
                && dated.history().at(evidence.at()) == rule;
    }

    /** What is found in the reply at hand. Kept for the next one of the thread, so that a reply costs no large objects. */
    private final class Scan implements PhraseSteps.Matches {
        private final FoldedText text = new FoldedText();
        private final PhraseSteps.Search search = phrases.new Search();
        /** 0 while a rule has not matched. */
        private final int[] weightOfRule = new int[TextRules.this.rules.size()];

        private final int[] startOfRule = new int[TextRules.this.rules.size()];
        private final int[] endOfRule = new int[TextRules.this.rules.size()];
        /** Numbers of the rules that match, in the order in which they were found. */
        private final int[] rule = new int[TextRules.this.rules.size()];

        private int rules;

        Scan over(String reply) {
            while (rules > 0) {
                weightOfRule[rule[--rules]] = 0;
            }
            text.fold(reply);
            search.run(text.characters(), text.length(), this);
            return this;
        }

        @Override
        public void found(int ruleNumber, int from, int to, int weight) {
            if (weightOfRule[ruleNumber] == 0) {
                rule[rules++] = ruleNumber;
            } else if (!isHeavier(ruleNumber, from, to, weight)) {
                return;
            }
            weightOfRule[ruleNumber] = weight;
            startOfRule[ruleNumber] = from;
            endOfRule[ruleNumber] = to;
        }

        /** Than what the rule was found by so far; of the same weight, what ends first, and then what begins first. */
        private boolean isHeavier(int ruleNumber, int from, int to, int weight) {
            if (weight != weightOfRule[ruleNumber]) {
                return weight > weightOfRule[ruleNumber];
            }
            int end = endOfRule[ruleNumber];
            return to < end || to == end && from < startOfRule[ruleNumber];
        }

        /** What a rule was found by stands within what a heavier one was found by. */
        boolean covers(int heavier, int lighter) {
            return weightOfRule[heavier] > weightOfRule[lighter]
                    && startOfRule[heavier] <= startOfRule[lighter]
                    && endOfRule[heavier] >= endOfRule[lighter];
        }

        boolean isBetter(int a, int b) {
            return ranked(a) > ranked(b);
        }

        /** Conditions take eight bits at most: there are few subjects that a rule can ask about. */
        private long ranked(int ruleNumber) {
            return rank[ruleNumber] + ((long) weightOfRule[ruleNumber] << 40);
        }

        Match match(int ruleNumber) {
            return new Match(
                    TextRules.this.rules.get(ruleNumber).rule(),
                    text.subSequence(startOfRule[ruleNumber], endOfRule[ruleNumber])
                            .toString(),
                    weightOfRule[ruleNumber]);
        }
    }
}
