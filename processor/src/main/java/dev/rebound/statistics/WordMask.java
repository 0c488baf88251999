package dev.rebound.statistics;

import java.util.Locale;
import java.util.Set;

/**
 * Hides a recipient's local part where it stands as a word of its own: {@code no such user john.doe here} names a person without an
 * address, and is the same text for whomever it names.
 */
public final class WordMask {

    private static final String MASK = "***";

    /** Shorter ones are words of many languages rather than names. */
    private static final int SHORTEST = 3;

    /** Names of functions, which are no person's, and words of replies. */
    private static final Set<String> COMMON = Set.of(
            "abuse",
            "account",
            "address",
            "admin",
            "billing",
            "contact",
            "domain",
            "email",
            "hello",
            "help",
            "info",
            "mail",
            "mailbox",
            "newsletter",
            "office",
            "postmaster",
            "recipient",
            "sales",
            "service",
            "support",
            "team",
            "user",
            "webmaster");

    private WordMask() {}

    /** The text with each occurrence of the word masked, whatever its case; the text itself when the word names nobody. */
    public static String mask(String text, String word) {
        if (word.length() < SHORTEST || COMMON.contains(word.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder masked = null;
        int copied = 0;
        char first = anyCase(word.charAt(0));
        for (int at = 0; at + word.length() <= text.length(); at++) {
            if (anyCase(text.charAt(at)) != first
                    || !isWhole(text, at, at + word.length())
                    || !text.regionMatches(true, at, word, 0, word.length())) {
                continue;
            }
            masked = masked == null ? new StringBuilder(text.length()) : masked;
            masked.append(text, copied, at).append(MASK);
            copied = at + word.length();
            at = copied - 1;
        }
        return masked == null
                ? text
                : masked.append(text, copied, text.length()).toString();
    }

    /** The same for letters that are the same but for their case, as {@link String#regionMatches} compares them. */
    private static char anyCase(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static boolean isWhole(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }
}
