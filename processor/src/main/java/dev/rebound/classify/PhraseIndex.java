package dev.rebound.classify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds all of many words and phrases in a text in one pass: the automaton of Aho and Corasick ("Efficient string matching",
 * 1975). Its time depends on the length of the text and on how much is found, not on how many phrases there are. Immutable, and
 * the search makes no objects.
 */
final class PhraseIndex {

    private static final int ROOT = 0;
    private static final int NONE = -1;

    /** Steps by characters below this one are made by a table ... */
    private static final int TABLE_WIDTH = 128;

    /** ... from the states next to the root, because there most steps are made. */
    private static final int MOST_TABLED = 2048;

    /** Takes what is found. */
    @FunctionalInterface
    interface Hits {

        /**
         * A phrase was found.
         *
         * @param phrase its number in the list that the index was made of
         * @param start where it begins in the text
         * @param end behind its last character
         */
        void found(int phrase, int start, int end);
    }

    private final int[] lengths;
    /** Edges of state {@code s} are those from {@code firstEdge[s]} to {@code firstEdge[s + 1]}, in the order of their characters. */
    private final int[] firstEdge;

    private final char[] edgeCharacters;
    private final int[] edgeTargets;
    /** Number of states that have a row in the table; they are those with the lowest numbers. */
    private final int tabled;
    /** Where each character below {@code TABLE_WIDTH} leads from each tabled state, by way of what it falls back to or not. */
    private final int[] table;

    /** The state for the longest end of what was read that is a beginning of some phrase, too. */
    private final int[] fallBack;
    /** The phrase that ends in a state; {@code NONE} when none does. */
    private final int[] phrase;
    /** The next shorter phrase that ends where a state is reached, by its state; {@code ROOT} when there is none. */
    private final int[] shorter;

    private PhraseIndex(List<String> phrases, Tree tree) {
        int states = tree.states;
        lengths = phrases.stream().mapToInt(String::length).toArray();
        firstEdge = Arrays.copyOf(tree.firstEdge, states + 1);
        edgeCharacters = Arrays.copyOf(tree.edgeCharacters, states);
        edgeTargets = Arrays.copyOf(tree.edgeTargets, states);
        phrase = Arrays.copyOf(tree.phrase, states);
        fallBack = new int[states];
        shorter = new int[states];
        tabled = Math.min(states, MOST_TABLED);
        table = new int[tabled * TABLE_WIDTH];
        link();
    }

    /** States are numbered by their depth, so that what a state falls back to is known before the state. */
    private void link() {
        for (int state = 0; state < phrase.length; state++) {
            if (state < tabled) {
                fillRow(state);
            }
            for (int edge = firstEdge[state]; edge < firstEdge[state + 1]; edge++) {
                int child = edgeTargets[edge];
                int target = state == ROOT ? ROOT : next(fallBack[state], edgeCharacters[edge]);
                fallBack[child] = target;
                shorter[child] = phrase[target] == NONE ? shorter[target] : target;
            }
        }
    }

    private void fillRow(int state) {
        int row = state * TABLE_WIDTH;
        if (state != ROOT) {
            System.arraycopy(table, fallBack[state] * TABLE_WIDTH, table, row, TABLE_WIDTH);
        }
        for (int edge = firstEdge[state]; edge < firstEdge[state + 1]; edge++) {
            if (edgeCharacters[edge] < TABLE_WIDTH) {
                table[row + edgeCharacters[edge]] = edgeTargets[edge];
            }
        }
    }

    /** The beginnings of all phrases as a tree, level by level: the phrases in their order, a state is a range of them. */
    private static final class Tree {
        private final int[] firstEdge;
        private final char[] edgeCharacters;
        private final int[] edgeTargets;
        private final int[] phrase;
        private int states = 1;

        Tree(List<String> phrases) {
            int most = 1 + phrases.stream().mapToInt(String::length).sum();
            firstEdge = new int[most + 1];
            edgeCharacters = new char[most];
            edgeTargets = new int[most];
            phrase = new int[most];
            int[] order = IntStream.range(0, phrases.size())
                    .boxed()
                    .sorted(Comparator.comparing(phrases::get))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] from = new int[most];
            int[] to = new int[most];
            int[] depth = new int[most];
            to[ROOT] = order.length;
            int edges = 0;
            for (int state = 0; state < states; state++) {
                firstEdge[state] = edges;
                int at = from[state];
                phrase[state] = NONE;
                if (at < to[state] && phrases.get(order[at]).length() == depth[state]) {
                    phrase[state] = order[at++];
                }
                while (at < to[state]) {
                    char c = phrases.get(order[at]).charAt(depth[state]);
                    int child = states++;
                    from[child] = at;
                    depth[child] = depth[state] + 1;
                    while (at < to[state] && phrases.get(order[at]).charAt(depth[state]) == c) {
                        at++;
                    }
                    to[child] = at;
                    edgeCharacters[edges] = c;
                    edgeTargets[edges++] = child;
                }
            }
            firstEdge[states] = edges;
        }
    }

    /**
     * An index of phrases.
     *
     * @param phrases not empty, and each once
     */
    static PhraseIndex of(List<String> phrases) {
        if (new HashSet<>(phrases).size() < phrases.size() || phrases.contains("")) {
            throw new IllegalArgumentException("a phrase is empty or there twice (expected: each once)");
        }
        return new PhraseIndex(phrases, new Tree(phrases));
    }

    /**
     * Reports every place of every phrase, in the order of where they end; of those that end together the longest first.
     *
     * @param text only its first {@code length} characters are looked at
     */
    void search(char[] text, int length, Hits hits) {
        int state = ROOT;
        for (int i = 0; i < length; i++) {
            char c = text[i];
            state = state < tabled && c < TABLE_WIDTH ? table[state * TABLE_WIDTH + c] : next(state, c);
            for (int found = phrase[state] == NONE ? shorter[state] : state; found != ROOT; found = shorter[found]) {
                hits.found(phrase[found], i + 1 - lengths[phrase[found]], i + 1);
            }
        }
    }

    private int next(int from, char c) {
        int state = from;
        while (state >= tabled || c >= TABLE_WIDTH) {
            int target = edge(state, c);
            if (target != NONE) {
                return target;
            }
            if (state == ROOT) {
                return ROOT;
            }
            state = fallBack[state];
        }
        return table[state * TABLE_WIDTH + c];
    }

    private int edge(int state, char c) {
        int low = firstEdge[state];
        int high = firstEdge[state + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            char at = edgeCharacters[middle];
            if (at == c) {
                return edgeTargets[middle];
            }
            if (at < c) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }
}
