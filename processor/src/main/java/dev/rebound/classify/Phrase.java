package dev.rebound.classify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text rule looks for: words as they stand in a reply. It is compared with the {@link FoldedText folded} reply, at the
 * boundaries of words.
 *
 * <p>As it is written, {@code *} stands for at most {@value #LONG_GAP} characters of anything, a lone {@code _} for at most
 * {@value #SHORT_GAP}, which is a name and a word or two, and {@code (a|b|c)} for one of the alternatives; an empty alternative
 * makes the words optional. Brackets without {@code |} stand for themselves.
 *
 * @param written as it is written
 * @param pieces what has to be found one behind the other; at least one
 */
public record Phrase(String written, List<Piece> pieces) {

    /** How much a {@code *} can stand for, in characters. */
    static final int LONG_GAP = 80;

    /** How much a {@code _} can stand for, in characters. */
    static final int SHORT_GAP = 30;

    /** Fewer literal characters than this match by chance. */
    static final int LEAST_LITERAL = 3;

    private static final int MOST_LITERAL = 200;

    /** More pieces than this are a mistake. */
    static final int MOST_PIECES = 6;

    /** More of them in one piece are a mistake. */
    private static final int MOST_ALTERNATIVES = 1000;

    /**
     * Words without a gap in them.
     *
     * @param alternatives any of these is looked for; none is empty
     * @param gap how many characters may be between the piece before and this one; 0 for the first
     */
    record Piece(List<String> alternatives, int gap) {

        /** Letters of scripts that need fewer of them for a word count twice. */
        private int shortest() {
            return alternatives.stream()
                    .mapToInt(text -> text.length()
                            + (int) text.chars()
                                    .filter(c -> isWithoutBlanks((char) c))
                                    .count())
                    .min()
                    .orElse(0);
        }

        private int longest() {
            return alternatives.stream().mapToInt(String::length).max().orElse(0);
        }
    }

    /**
     * Reads a phrase.
     *
     * @throws InvalidRowException when it is too short or too long, or has too many gaps or alternatives
     */
    static Phrase parse(String written) {
        // With a letter in front, because digits at the begin of a reply are taken for its code.
        String folded = FoldedText.of("x " + written).substring(1).strip();
        List<Piece> pieces = new Reader(written, folded).read();
        int shortest = pieces.stream().mapToInt(Piece::shortest).sum();
        int longest = pieces.stream().mapToInt(Piece::longest).sum();
        if (shortest < LEAST_LITERAL || longest > MOST_LITERAL || pieces.size() > MOST_PIECES) {
            throw invalid(
                    written,
                    LEAST_LITERAL + " to " + MOST_LITERAL + " characters beside gaps, in at most " + MOST_PIECES
                            + " pieces");
        }
        return new Phrase(written, pieces);
    }

    private static InvalidRowException invalid(String written, String expected) {
        return new InvalidRowException("phrase", written, expected);
    }

    private static final class Reader {
        private final String written;
        private final String text;
        private final List<Piece> pieces = new ArrayList<>();
        private List<String> choices = List.of("");
        private int gap;

        Reader(String written, String text) {
            this.written = written;
            this.text = text;
        }

        List<Piece> read() {
            int at = 0;
            while (at < text.length()) {
                int close = closeOfAlternatives(at);
                if (close > 0) {
                    List<String> alternatives =
                            List.of(text.substring(at + 1, close).split("\\|", -1));
                    append(alternatives);
                    at = close + 1;
                    if (at + 1 < text.length() && text.charAt(at) == ' ' && closeOfAlternatives(at + 1) > 0) {
                        betweenAlternatives(alternatives);
                    }
                } else if (text.charAt(at) == '*') {
                    endPiece(LONG_GAP);
                    at++;
                } else if (isShortGap(at)) {
                    endPiece(SHORT_GAP);
                    at++;
                } else {
                    append(List.of(text.substring(at, at + 1)));
                    at++;
                }
            }
            endPiece(0);
            return List.copyOf(pieces);
        }

        /** Where the bracket closes that opens here; -1 when none does, or when there are no alternatives in it. */
        private int closeOfAlternatives(int open) {
            if (text.charAt(open) != '(') {
                return -1;
            }
            int close = text.indexOf(')', open);
            int bar = text.indexOf('|', open);
            return bar > 0 && bar < close ? close : -1;
        }

        /** An underscore within a word, as in tags of providers, stands for itself. */
        private boolean isShortGap(int at) {
            return text.charAt(at) == '_'
                    && (at == 0 || text.charAt(at - 1) == ' ')
                    && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
        }

        private void append(List<String> ends) {
            if (ends.stream().anyMatch(end -> end.indexOf('*') >= 0)) {
                throw invalid(written, "no * within alternatives");
            }
            List<String> all = new ArrayList<>(choices.size() * ends.size());
            choices.forEach(beginning -> ends.forEach(end -> all.add(beginning + end)));
            if (all.size() > MOST_ALTERNATIVES) {
                throw invalid(written, "alternatives that make at most " + MOST_ALTERNATIVES + " in a row");
            }
            choices = all;
        }

        /** Two lists of words with a blank between are two pieces that may be a character apart: not each with each. */
        private void betweenAlternatives(List<String> before) {
            if (before.stream().noneMatch(String::isEmpty)) {
                endPiece(1);
            }
        }

        private void endPiece(int gapBehind) {
            Set<String> alternatives = new LinkedHashSet<>();
            choices.forEach(
                    choice -> alternatives.add(choice.replaceAll(" {2,}", " ").strip()));
            choices = List.of("");
            boolean empty = alternatives.contains("");
            if (empty && alternatives.size() > 1) {
                throw invalid(written, "words that are not all optional between two gaps");
            }
            if (!empty) {
                pieces.add(new Piece(List.copyOf(alternatives), pieces.isEmpty() ? 0 : gap));
                gap = 0;
            }
            gap = Math.max(gap, gapBehind);
        }
    }

    /** Whether a piece found there stands alone, and is not part of longer words. */
    static boolean isAtWords(CharSequence text, int start, int end) {
        boolean cutAtStart = start > 0 && isWord(text.charAt(start - 1)) && isWord(text.charAt(start));
        boolean cutAtEnd = end < text.length() && isWord(text.charAt(end - 1)) && isWord(text.charAt(end));
        return !cutAtStart && !cutAtEnd;
    }

    /** Part of a word, as letters and digits are. In scripts that put no blanks between words every place is a boundary. */
    static boolean isWord(char c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
        }
        return Character.isLetterOrDigit(c) && !isWithoutBlanks(c);
    }

    private static boolean isWithoutBlanks(char c) {
        boolean thai = c >= '\u0e00' && c <= '\u0e7f';
        boolean eastAsian = c >= '\u2e80' && c <= '\u9fff';
        boolean hangul = c >= '\uac00' && c <= '\ud7af';
        return thai || eastAsian || hangul;
    }
}
