package dev.rebound.logging;

/**
 * Hides who an e-mail address belongs to: {@code john@example.com} becomes {@code j***@example.com}. What looks like an
 * address is masked, whatever it is; better a word too many than a person. Takes time linear in the text's length.
 */
public final class AddressMask {

    private static final String STARS = "***";

    /** What a local part may have beside letters and digits without being quoted (RFC 5321 section 4.1.2, with dots). */
    private static final String LOCAL_SIGNS = "!#$%&'*+-/=?^_`{|}~.";

    /** A quoted local part is looked for this far back; RFC 5321 section 4.5.3.1.1 allows 64 octets. */
    private static final int MAX_QUOTED = 128;

    /** Longest hash code that {@code Object.toString} writes behind its @. */
    private static final int HASH_DIGITS = 8;

    private AddressMask() {}

    /** The text with its addresses masked; null for null. */
    public static String mask(String text) {
        int at = text == null ? -1 : text.indexOf('@');
        if (at < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (; at >= 0; at = text.indexOf('@', at + 1)) {
            int local = startOfLocalPart(text, copied, at);
            if (local == at || !isDomain(text, at + 1) || isObject(text, local, at)) {
                continue;
            }
            masked.append(text, copied, local);
            if (at - local > 1 && text.charAt(local) != '"') {
                masked.appendCodePoint(text.codePointAt(local));
            }
            masked.append(STARS);
            copied = at;
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    private static int startOfLocalPart(String text, int from, int at) {
        if (at > from && text.charAt(at - 1) == '"') {
            int least = Math.max(from, at - 1 - MAX_QUOTED);
            for (int i = at - 2; i >= least; i--) {
                if (text.charAt(i) == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                    return i;
                }
            }
            return at - 1;
        }
        int start = at;
        while (start > from && isLocal(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || LOCAL_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isDomain(String text, int start) {
        if (start >= text.length()) {
            return false;
        }
        char first = text.charAt(start);
        return Character.isLetterOrDigit(first) || Character.isSurrogate(first) || first == '[';
    }

    /** What Java writes of an object that has no words for itself, {@code dev.rebound.Thing@1f2e3d}. */
    private static boolean isObject(String text, int local, int at) {
        int end = at + 1;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        boolean hash = end > at + 1
                && end - at - 1 <= HASH_DIGITS
                && (end == text.length()
                        || !Character.isLetterOrDigit(text.charAt(end))
                                && text.charAt(end) != '.'
                                && text.charAt(end) != '-');
        return hash && isQualifiedClass(text, local, at);
    }

    /** A name with a package in front: a capital letter follows its last dot. */
    private static boolean isQualifiedClass(String text, int start, int end) {
        int dot = end - 1;
        while (dot > start && text.charAt(dot) != '.') {
            dot--;
        }
        return dot > start && dot + 1 < end && Character.isUpperCase(text.charAt(dot + 1));
    }
}
