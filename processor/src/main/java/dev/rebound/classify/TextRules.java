package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules about texts, compiled so that one pass over a reply finds what any of them looks for. Of several that match, a weak
 * one goes last, a rule for the receiving provider goes before one for any, then the one with the longest phrase, then the one
 * with the most conditions, then the one whose id comes first. What a rule finds within the words of a heavier weak rule does
 * not count: so a weak rule can say that a phrase does not mean what the words in it mean. Immutable.
 *
 * <p>Each piece of a phrase is a step. A step is reached where one of its alternatives stands close enough behind a place where
 * the step before was reached. The last step of a phrase, reached, is a match of its rule.
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

    private final PhraseIndex words;
    /** Numbers of the steps that wait for a word, by the number of the word. */
    private final int[][] stepsOfWord;
    /** By step: the step before; {@code NONE} for the first of a phrase. */
    private final int[] previous;
    /** By step: how many characters may be between the step before and this one. */
    private final int[] gap;
    /** By step: the rule that matches where it is reached; {@code NONE} for all but the last of a phrase. */
    private final int[] matched;
    /** By step: another step waits for this one. */
    private final boolean[] awaited;

    private final List<Dated> rules = new ArrayList<>();
    /** By rule: what {@link #BEST_FIRST} goes by, as one number, the greater the better; the weight is added where it matches. */
    private final long[] rank;

    private final ThreadLocal<Scan> scan = ThreadLocal.withInitial(Scan::new);

    private TextRules(Collection<Timeline<TextRule>> histories) {
        Map<String, List<Integer>> waiting = new LinkedHashMap<>();
        List<int[]> steps = new ArrayList<>();
        for (Timeline<TextRule> history : histories) {
            for (TextRule rule : history.all()) {
                for (Phrase phrase : rule.phrases()) {
                    int before = NONE;
                    for (Phrase.Piece piece : phrase.pieces()) {
                        int step = steps.size();
                        piece.alternatives().forEach(word -> waiting.computeIfAbsent(word, w -> new ArrayList<>())
                                .add(step));
                        steps.add(new int[] {before, piece.gap(), NONE});
                        before = step;
                    }
                    steps.get(before)[2] = rules.size();
                }
                rules.add(new Dated(rule, history));
            }
        }
        words = PhraseIndex.of(List.copyOf(waiting.keySet()));
        // Later pieces of a phrase first: a place that ends one piece must not begin the next with itself.
        stepsOfWord = waiting.values().stream()
                .map(numbers -> numbers.stream()
                        .sorted(Comparator.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
        previous = steps.stream().mapToInt(step -> step[0]).toArray();
        gap = steps.stream().mapToInt(step -> step[1]).toArray();
        matched = steps.stream().mapToInt(step -> step[2]).toArray();
        awaited = new boolean[previous.length];
        for (int before : previous) {
            if (before != NONE) {
                awaited[before] = true;
            }
        }
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
    private final class Scan implements PhraseIndex.Hits {
        private final FoldedText text = new FoldedText();
        private final PhraseIndex.Room room = new PhraseIndex.Room();
        private final int[] reachedIn = new int[previous.length];
        private final int[] start = new int[previous.length];
        private final int[] end = new int[previous.length];
        private final int[] weight = new int[previous.length];
        private final int[] matchedIn = new int[TextRules.this.rules.size()];
        private final int[] weightOfRule = new int[TextRules.this.rules.size()];
        private final int[] startOfRule = new int[TextRules.this.rules.size()];
        private final int[] endOfRule = new int[TextRules.this.rules.size()];
        /** Numbers of the rules that match, in the order in which they were found. */
        private final int[] rule = new int[TextRules.this.rules.size()];

        private int rules;
        private int number;

        Scan over(String reply) {
            number++;
            rules = 0;
            text.fold(reply);
            words.search(text.characters(), text.length(), room, this);
            return this;
        }

        @Override
        public void found(int word, int from, int to) {
            for (int step : stepsOfWord[word]) {
                int before = previous[step];
                if (before == NONE) {
                    reach(step, from, to, to - from);
                } else if (reachedIn[before] == number && from >= end[before] && from - end[before] <= gap[step]) {
                    reach(step, start[before], to, weight[before] + to - from);
                }
            }
        }

        private void reach(int step, int from, int to, int heavy) {
            if (awaited[step]) {
                reachedIn[step] = number;
                start[step] = from;
                end[step] = to;
                weight[step] = heavy;
            }
            int ruleNumber = matched[step];
            if (ruleNumber == NONE) {
                return;
            }
            if (matchedIn[ruleNumber] != number) {
                matchedIn[ruleNumber] = number;
                rule[rules++] = ruleNumber;
                weightOfRule[ruleNumber] = 0;
            }
            if (heavy > weightOfRule[ruleNumber]) {
                weightOfRule[ruleNumber] = heavy;
                startOfRule[ruleNumber] = from;
                endOfRule[ruleNumber] = to;
            }
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
