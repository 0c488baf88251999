package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The phrases of rules, compiled so that one pass over a text finds all of them. Each piece of a phrase is a step. A step is reached where
 * one of its words stands close enough behind the place where the step before was reached last. Phrases that begin with the same pieces
 * share their steps. The last step of a phrase, reached, is a match of its rule. Immutable.
 */
final class PhraseSteps {

    /** Takes matches. */
    @FunctionalInterface
    interface Matches {

        /**
         * A phrase of a rule stands in the text.
         *
         * @param rule the number of the rule
         * @param start where the first piece begins
         * @param end behind the last piece
         * @param weight characters of all its pieces
         */
        void found(int rule, int start, int end, int weight);
    }

    /** Makes the steps of phrases, one phrase after the other. */
    static final class Builder {

        private record Step(int before, List<String> words, int gap) {}

        private final Map<Step, Integer> numbers = new LinkedHashMap<>();
        private final Map<Integer, List<Integer>> rulesOfStep = new HashMap<>();

        /** Adds a phrase of a rule. */
        void add(int rule, Phrase phrase) {
            int step = NONE;
            for (Phrase.Piece piece : phrase.pieces()) {
                step = numbers.computeIfAbsent(
                        new Step(step, piece.alternatives(), piece.gap()), added -> numbers.size());
            }
            rulesOfStep.computeIfAbsent(step, added -> new ArrayList<>()).add(rule);
        }

        PhraseSteps build() {
            return new PhraseSteps(List.copyOf(numbers.keySet()), rulesOfStep);
        }
    }

    private static final int NONE = -1;
    private static final int[] NOTHING = {};

    /** Of a word that more steps wait for, all are looked at together, by their bits. */
    private static final int FEW = 64;

    /** Steps that wait for a word are listed by their number, the one before, and the gap between: what is looked at together is side by side. */
    private static final int STRIDE = 3;

    private final PhraseIndex index;

    /** By word: the rules that match wherever it stands. */
    private final int[][] alone;

    /** By word: the steps that it reaches wherever it stands, and that others are behind. */
    private final int[][] first;

    /** By word: the steps behind others that wait for it, later pieces first: a place that ends one must not begin the next with itself. */
    private final int[][] waiting;

    /** By word: a bit for each step behind another that waits for it; null when these are few. */
    private final long[][] manyWaiting;

    /** By step: the step before; {@code NONE} for the first of a phrase. */
    private final int[] previous;

    private final int[] gap;

    /** By step: the steps behind it. */
    private final int[][] next;

    /** By step: the rules that match where it is reached. */
    private final int[][] rules;

    private final boolean anyManyWaiting;

    private PhraseSteps(List<Builder.Step> steps, Map<Integer, List<Integer>> rulesOfStep) {
        int size = steps.size();
        previous = steps.stream().mapToInt(Builder.Step::before).toArray();
        gap = steps.stream().mapToInt(Builder.Step::gap).toArray();
        next = new int[size][];
        rules = new int[size][];
        Map<Integer, List<Integer>> behind = new HashMap<>();
        Map<String, List<Integer>> stepsOfWord = new LinkedHashMap<>();
        for (int step = 0; step < size; step++) {
            behind.computeIfAbsent(previous[step], before -> new ArrayList<>()).add(step);
            for (String word : steps.get(step).words()) {
                stepsOfWord.computeIfAbsent(word, added -> new ArrayList<>()).add(step);
            }
        }
        for (int step = 0; step < size; step++) {
            next[step] = ints(behind.getOrDefault(step, List.of()));
            rules[step] = ints(rulesOfStep.getOrDefault(step, List.of()));
        }
        index = PhraseIndex.of(List.copyOf(stepsOfWord.keySet()));
        alone = new int[stepsOfWord.size()][];
        first = new int[stepsOfWord.size()][];
        waiting = new int[stepsOfWord.size()][];
        manyWaiting = new long[stepsOfWord.size()][];
        int word = 0;
        for (List<Integer> all : stepsOfWord.values()) {
            addWord(word++, all);
        }
        anyManyWaiting = Arrays.stream(manyWaiting).anyMatch(bits -> bits != null);
    }

    private void addWord(int word, List<Integer> steps) {
        List<Integer> firsts =
                steps.stream().filter(step -> previous[step] == NONE).toList();
        first[word] = ints(firsts.stream().filter(step -> next[step].length > 0).toList());
        alone[word] =
                firsts.stream().flatMapToInt(step -> Arrays.stream(rules[step])).toArray();
        List<Integer> behindOthers = new ArrayList<>(
                steps.stream().filter(step -> previous[step] != NONE).toList());
        Collections.reverse(behindOthers);
        waiting[word] = NOTHING;
        if (behindOthers.size() > FEW) {
            manyWaiting[word] = new long[longs(previous.length)];
            behindOthers.forEach(step -> manyWaiting[word][step >>> 6] |= 1L << step);
        } else {
            waiting[word] = behindOthers.stream()
                    .flatMapToInt(step -> IntStream.of(step, previous[step], gap[step]))
                    .toArray();
        }
    }

    private static int longs(int bits) {
        return (bits + 63) >>> 6;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.isEmpty()
                ? NOTHING
                : numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What is found in one text after the other, by one thread. */
    final class Search {
        private final PhraseIndex.Found found = index.new Found();
        /** By step: the number of the text in the upper half, the place in it where the step was reached last in the lower. */
        private final long[] reached = new long[previous.length];
        /** By step behind another: where the first step begins. */
        private final int[] start = new int[previous.length];
        /** By step behind another: characters of all pieces so far. */
        private final int[] weight = new int[previous.length];
        /** A bit for each step that a step before is reached of. */
        private final long[] expected = new long[anyManyWaiting ? longs(previous.length) : 0];

        /** Counts texts. At 0, before the first and after four thousand million, no step may be taken for one of this text. */
        private int text = -1;

        /** Finds the places of all phrases in the first characters of a text. */
        void run(char[] characters, int length, Matches matches) {
            if (++text == 0) {
                Arrays.fill(reached, 0);
                text = 1;
            }
            index.search(characters, length, found);
            if (anyManyWaiting) {
                Arrays.fill(expected, 0);
            }
            for (int place = 0; place < found.size(); place++) {
                int word = found.phrase(place);
                goOn(word, place, matches);
                for (int step : first[word]) {
                    reach(step, place);
                }
                matchAlone(word, place, matches);
            }
        }

        private void matchAlone(int word, int place, Matches matches) {
            int from = found.start(place);
            int to = found.end(place);
            for (int rule : alone[word]) {
                matches.found(rule, from, to, to - from);
            }
        }

        private void goOn(int word, int place, Matches matches) {
            int from = found.start(place);
            int[] steps = waiting[word];
            for (int i = 0; i < steps.length; i += STRIDE) {
                if (isCloseBehind(steps[i + 1], steps[i + 2], from)) {
                    reachBehind(steps[i], place, matches);
                }
            }
            long[] bits = manyWaiting[word];
            if (bits != null) {
                goOnWithMany(bits, place, matches);
            }
        }

        private void goOnWithMany(long[] bits, int place, Matches matches) {
            for (int i = bits.length - 1; i >= 0; i--) {
                for (long both = bits[i] & expected[i]; both != 0; ) {
                    long bit = Long.highestOneBit(both);
                    both ^= bit;
                    int step = (i << 6) + Long.numberOfTrailingZeros(bit);
                    if (isCloseBehind(previous[step], gap[step], found.start(place))) {
                        reachBehind(step, place, matches);
                    }
                }
            }
        }

        private boolean isCloseBehind(int before, int gap, int from) {
            long last = reached[before];
            if ((int) (last >>> 32) != text) {
                return false;
            }
            int end = found.end((int) last);
            return from >= end && from - end <= gap;
        }

        private void reachBehind(int step, int place, Matches matches) {
            int before = previous[step];
            int placeBefore = (int) reached[before];
            boolean behindFirst = previous[before] == NONE;
            int to = found.end(place);
            int beginning = behindFirst ? found.start(placeBefore) : start[before];
            int soFar = behindFirst ? found.end(placeBefore) - beginning : weight[before];
            start[step] = beginning;
            weight[step] = soFar + to - found.start(place);
            reach(step, place);
            for (int rule : rules[step]) {
                matches.found(rule, beginning, to, weight[step]);
            }
        }

        private void reach(int step, int place) {
            reached[step] = (long) text << 32 | place;
            if (anyManyWaiting) {
                for (int behind : next[step]) {
                    expected[behind >>> 6] |= 1L << behind;
                }
            }
        }
    }
}
