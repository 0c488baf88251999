package dev.rebound.suppress.imports;

import dev.rebound.logging.AddressMask;
import java.util.regex.Pattern;

/** A provider's own words, made fit to be kept. */
final class Detail {

    /** In UTF-16 units. */
    static final int MAX_LENGTH = 300;

    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}\\x{80}-\\x{9F}]+");

    private Detail() {}

    /** The text on one line, its addresses masked, at most {@value #MAX_LENGTH} characters; null for null and blank text. */
    static String of(String text) {
        if (text == null) {
            return null;
        }
        // Masked before it is cut, since half an address would not be recognised as one.
        String detail = cut(onOneLine(AddressMask.mask(text)), MAX_LENGTH);
        return detail.isEmpty() ? null : detail;
    }

    /** White space and control characters as single blanks, and none around the text. */
    static String onOneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** At most so many UTF-16 units, the last an ellipsis when something was cut off; a surrogate pair stays whole. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
