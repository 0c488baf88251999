package dev.rebound.classify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private PhraseIndex(List<String> phrases, List<Node> nodes) {
        int states = nodes.size();
        lengths = phrases.stream().mapToInt(String::length).toArray();
        firstEdge = new int[states + 1];
        int edges = nodes.stream().mapToInt(node -> node.children.size()).sum();
        edgeCharacters = new char[edges];
        edgeTargets = new int[edges];
        fallBack = new int[states];
        phrase = new int[states];
        shorter = new int[states];
        tabled = Math.min(states, MOST_TABLED);
        table = new int[tabled * TABLE_WIDTH];
        int edge = 0;
        for (Node node : nodes) {
            firstEdge[node.state] = edge;
            phrase[node.state] = node.phrase;
            for (Map.Entry<Character, Node> child : node.children.entrySet()) {
                edgeCharacters[edge] = child.getKey();
                edgeTargets[edge] = child.getValue().state;
                edge++;
            }
        }
        firstEdge[states] = edge;
        link(nodes);
    }

    /** Nodes come in the order of their depth, so that what a state falls back to is known before the state. */
    private void link(List<Node> nodes) {
        for (Node node : nodes) {
            if (node.state < tabled) {
                fillRow(node);
            }
            for (Map.Entry<Character, Node> child : node.children.entrySet()) {
                int state = child.getValue().state;
                int target = node.state == ROOT ? ROOT : next(fallBack[node.state], child.getKey());
                fallBack[state] = target;
                shorter[state] = phrase[target] == NONE ? shorter[target] : target;
            }
        }
    }

    private void fillRow(Node node) {
        int row = node.state * TABLE_WIDTH;
        if (node.state != ROOT) {
            System.arraycopy(table, fallBack[node.state] * TABLE_WIDTH, table, row, TABLE_WIDTH);
        }
        node.children.forEach((c, child) -> {
            if (c < TABLE_WIDTH) {
                table[row + c] = child.state;
            }
        });
    }

    /** While it is built. */
    private static final class Node {
        private final TreeMap<Character, Node> children = new TreeMap<>();
        private int phrase = NONE;
        private int state;
    }

    /**
     * An index of phrases.
     *
     * @param phrases not empty, and each once
     */
    static PhraseIndex of(List<String> phrases) {
        Node root = new Node();
        for (int i = 0; i < phrases.size(); i++) {
            Node node = root;
            for (char c : phrases.get(i).toCharArray()) {
                node = node.children.computeIfAbsent(c, character -> new Node());
            }
            if (node == root || node.phrase != NONE) {
                throw new IllegalArgumentException(
                        "phrase \"" + phrases.get(i) + "\" is empty or there twice (expected: each once)");
            }
            node.phrase = i;
        }
        return new PhraseIndex(phrases, byDepth(root));
    }

    private static List<Node> byDepth(Node root) {
        List<Node> nodes = new ArrayList<>();
        Deque<Node> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            Node node = next.poll();
            node.state = nodes.size();
            nodes.add(node);
            next.addAll(node.children.values());
        }
        return nodes;
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
