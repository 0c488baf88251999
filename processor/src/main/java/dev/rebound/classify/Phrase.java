package dev.rebound.classify;

import java.util.Arrays;
import java.util.List;

/**
 * What a text rule looks for: words as they stand in a reply, where {@code *} stands for at most {@value #LONGEST_GAP}
 * characters of anything. It is compared with the {@link FoldedText folded} reply, at the boundaries of words.
 *
 * @param text as it is written, folded
 * @param pieces what stands between the {@code *}, in order
 */
record Phrase(String text, List<String> pieces) {

    /** How much a {@code *} can stand for, in characters. */
    static final int LONGEST_GAP = 80;

    /** Fewer literal characters than this match by chance. */
    static final int LEAST_LITERAL = 4;

    private static final int MOST_LITERAL = 200;
    private static final int MOST_PIECES = 5;

    /**
     * Reads a phrase.
     *
     * @throws InvalidRowException when it is too short, too long, or has too many gaps
     */
    static Phrase parse(String written) {
        // With a letter in front, because digits at the begin of a reply are taken for its code.
        String text = FoldedText.of("x " + written).substring(1).strip();
        List<String> pieces = Arrays.stream(text.split("\\*"))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
        int literal = pieces.stream().mapToInt(String::length).sum();
        if (literal < LEAST_LITERAL || literal > MOST_LITERAL || pieces.size() > MOST_PIECES) {
            throw new InvalidRowException(
                    "phrase",
                    written,
                    LEAST_LITERAL + " to " + MOST_LITERAL + " characters beside the *, in at most " + MOST_PIECES
                            + " pieces");
        }
        return new Phrase(text, pieces);
    }

    /** Number of characters that are compared: the more, the more is known when it matches. */
    int weight() {
        return pieces.stream().mapToInt(String::length).sum();
    }

    /** Whether a piece found there stands alone, and is not part of longer words. */
    static boolean isAtWords(CharSequence text, int start, int end) {
        boolean cutAtStart = start > 0 && isWord(text.charAt(start - 1)) && isWord(text.charAt(start));
        boolean cutAtEnd = end < text.length() && isWord(text.charAt(end - 1)) && isWord(text.charAt(end));
        return !cutAtStart && !cutAtEnd;
    }

    /** In scripts that put no blanks between words every place is a boundary. */
    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) && !isWithoutBlanks(c);
    }

    private static boolean isWithoutBlanks(char c) {
        boolean thai = c >= '\u0e00' && c <= '\u0e7f';
        boolean eastAsian = c >= '\u2e80' && c <= '\u9fff';
        boolean hangul = c >= '\uac00' && c <= '\ud7af';
        return thai || eastAsian || hangul;
    }
}
