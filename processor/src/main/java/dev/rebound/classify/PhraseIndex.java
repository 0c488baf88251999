package dev.rebound.classify;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Many phrases, found in one pass over a text, where they stand at the {@link Phrase#isAtWords boundaries of words}. Text and phrases are
 * cut into the same tokens, which are words and single signs; blanks only count with what follows them. From each token of the text it
 * goes down the tree of the phrases' tokens, a look-up for each, and hardly ever far. Time is linear in the length of the text, by a factor
 * of the longest phrase at most, and does not depend on how many phrases there are. Tokens are known by 64 bits of their hashes, which two
 * different ones hardly ever share. Immutable.
 */
final class PhraseIndex {

    private static final int NONE = -1;
    private static final int ROOT = 0;
    private static final char BLANK = ' ';

    /** Odd, so that no two numbers become one. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The phrase that ends in a state; {@code NONE} when none does. */
    private int[] phrase = new int[64];

    /** By state: a bit for the hash of each token that can come next, so that most others need not be looked up. */
    private long[] following = new long[64];

    private int states = 1;

    /** Ways from state to state by a token, in open addressing. Two lists: most tokens are looked up from the root only. */
    private final Ways fromRoot = new Ways(1024);

    private final Ways further = new Ways(1024);

    private PhraseIndex(List<String> phrases) {
        Arrays.fill(phrase, NONE);
        Tokens tokens = new Tokens();
        for (int i = 0; i < phrases.size(); i++) {
            char[] characters = phrases.get(i).toCharArray();
            tokens.cut(characters, characters.length);
            add(i, tokens);
        }
    }

    private void add(int number, Tokens tokens) {
        int state = ROOT;
        for (int i = 0; i < tokens.size; i++) {
            long token = i == 0 ? tokens.hashes[0] : tokens.linked(i);
            Ways ways = state == ROOT ? fromRoot : further;
            int next = ways.target(state, token);
            if (next == NONE) {
                next = newState();
                following[state] |= bit(token);
                ways.add(state, token, next);
            }
            state = next;
        }
        if (phrase[state] != NONE) {
            throw new IllegalArgumentException(
                    "two phrases cannot be told apart (expected: single blanks, within phrases only)");
        }
        phrase[state] = number;
    }

    private int newState() {
        if (states == phrase.length) {
            phrase = Arrays.copyOf(phrase, states * 2);
            Arrays.fill(phrase, states, phrase.length, NONE);
            following = Arrays.copyOf(following, states * 2);
        }
        return states++;
    }

    private static long bit(long token) {
        return 1L << (token >>> 58);
    }

    /**
     * An index of phrases.
     *
     * @param phrases not empty, and each once; with single blanks, and none at either end
     */
    static PhraseIndex of(List<String> phrases) {
        if (new HashSet<>(phrases).size() < phrases.size() || phrases.contains("")) {
            throw new IllegalArgumentException("a phrase is empty or there twice (expected: each once)");
        }
        return new PhraseIndex(phrases);
    }

    /** From one state to another by a token. Never full. */
    private static final class Ways {

        private long[] keys;
        private int[] to;
        private int size;

        Ways(int capacity) {
            keys = new long[capacity];
            to = new int[capacity];
            Arrays.fill(to, NONE);
        }

        private static long key(int state, long token) {
            return token + state * SPREAD;
        }

        private int place(long key) {
            int mask = to.length - 1;
            int place = (int) (key >>> 32) & mask;
            while (keys[place] != key && to[place] != NONE) {
                place = place + 1 & mask;
            }
            return place;
        }

        int target(int state, long token) {
            return to[place(key(state, token))];
        }

        void add(int state, long token, int target) {
            add(key(state, token), target);
        }

        private void add(long key, int target) {
            if (++size * 2 > to.length) {
                grow();
            }
            int place = place(key);
            keys[place] = key;
            to[place] = target;
        }

        private void grow() {
            Ways more = new Ways(to.length * 2);
            for (int i = 0; i < to.length; i++) {
                if (to[i] != NONE) {
                    more.add(keys[i], to[i]);
                }
            }
            keys = more.keys;
            to = more.to;
        }
    }

    /** A text cut into words and signs. Takes one text after the other. */
    private static final class Tokens {

        private long[] hashes = new long[64];
        private int[] starts = new int[64];
        private int[] ends = new int[64];
        private int size;

        void cut(char[] text, int length) {
            size = 0;
            int at = 0;
            while (at < length) {
                char c = text[at];
                if (c == BLANK) {
                    at++;
                    continue;
                }
                int start = at++;
                long hash = hash(0xCBF29CE484222325L, c);
                if (Phrase.isWord(c)) {
                    while (at < length && Phrase.isWord(text[at])) {
                        hash = hash(hash, text[at++]);
                    }
                }
                add(hash ^ hash >>> 32, start, at);
            }
        }

        /** FNV-1a. */
        private static long hash(long before, char next) {
            return (before ^ next) * 0x100000001B3L;
        }

        private void add(long hash, int start, int end) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, size * 2);
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
            }
            // The upper half is best mixed, and is what places and bits are made of.
            hashes[size] = hash * SPREAD;
            starts[size] = start;
            ends[size++] = end;
        }

        /** A token and whether a blank is between it and the one before. */
        long linked(int at) {
            return starts[at] == ends[at - 1] ? hashes[at] : ~hashes[at];
        }
    }

    /** What was found in a text. Takes one search after the other, by one thread. */
    final class Found {

        private final Tokens tokens = new Tokens();
        private int[] phrases = new int[16];
        private int[] starts = new int[16];
        private int[] ends = new int[16];
        private int size;

        /** How many places were found. */
        int size() {
            return size;
        }

        /** The phrase that was found at a place: its number in the list that the index was made of. */
        int phrase(int place) {
            return phrases[place];
        }

        /** Where the phrase begins in the text. */
        int start(int place) {
            return starts[place];
        }

        /** Behind the phrase's last character. */
        int end(int place) {
            return ends[place];
        }

        /** They come in the order of their starts, and so nearly in that of their ends. */
        private void add(int phrase, int start, int end) {
            if (size == phrases.length) {
                phrases = Arrays.copyOf(phrases, size * 2);
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
            }
            int at = size++;
            while (at > 0 && ends[at - 1] > end) {
                phrases[at] = phrases[at - 1];
                starts[at] = starts[at - 1];
                ends[at] = ends[at - 1];
                at--;
            }
            phrases[at] = phrase;
            starts[at] = start;
            ends[at] = end;
        }
    }

    /**
     * Finds every place of every phrase, in the order of where they end; of those that end together the longest first.
     *
     * @param text with single blanks only; no more than its first {@code length} characters are looked at
     * @param found takes the places instead of those that were in it
     */
    void search(char[] text, int length, Found found) {
        Tokens tokens = found.tokens;
        tokens.cut(text, length);
        found.size = 0;
        for (int first = 0; first < tokens.size; first++) {
            int state = fromRoot.target(ROOT, tokens.hashes[first]);
            for (int at = first; state != NONE; ) {
                if (phrase[state] != NONE) {
                    found.add(phrase[state], tokens.starts[first], tokens.ends[at]);
                }
                if (++at == tokens.size) {
                    break;
                }
                long token = tokens.linked(at);
                state = (following[state] & bit(token)) == 0 ? NONE : further.target(state, token);
            }
        }
    }
}
