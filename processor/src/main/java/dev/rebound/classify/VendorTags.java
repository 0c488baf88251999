package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Marks that providers put on their replies, as their pages for senders name them: {@code [TSS04]} (Yahoo), {@code (S3150)} and
 * {@code AS(201806281)} (Microsoft), {@code (RTR:BL)} (AOL), {@code AUP#CXSNDR} (Cox, Charter), {@code OFR_416} (Orange),
 * {@code IB212} (GoDaddy), {@code SC-001} (Outlook.com), {@code RCP-P1} (Facebook), {@code MI:SPF} (NetEase),
 * {@code RESOLVER.ADR.RecipNotFound} (Exchange), {@code [internal]} and {@code [oob]} (Momentum).
 *
 * <p>They are known by their shape, so that a tag of tomorrow is seen, too. Whoever goes over the text tells where one can begin: at a
 * character that tags {@link #begin} with, and that has none {@link #isOfToken of a token} in front.
 */
final class VendorTags {

    private static final int MOST = 4;
    private static final int LONGEST = 40;

    private static final char[] INTERNAL = "internal".toCharArray();
    private static final char[] OOB = "oob".toCharArray();

    private static final boolean[] OF_TOKENS = ofTokens();

    private final char[] text;

    private List<ReplyCodes.Found> found = List.of();

    /** Tags of a text, none so far. */
    VendorTags(char[] text) {
        this.text = text;
    }

    private static boolean[] ofTokens() {
        boolean[] ofTokens = new boolean[128];
        for (char c = 0; c < ofTokens.length; c++) {
            ofTokens[c] = isUpper(c) || isLower(c) || isDigit(c) || ":_#.-".indexOf(c) >= 0;
        }
        return ofTokens;
    }

    /** Whether any tag begins with the character. */
    static boolean begin(char c) {
        return isUpper(c) || c == INTERNAL[0] || c == OOB[0];
    }

    /** Whether the character can be within a tag, or a word that is none. */
    static boolean isOfToken(char c) {
        return c < OF_TOKENS.length && OF_TOKENS[c];
    }

    /** The tags in the order in which they were taken, each once, without the brackets around them. */
    List<ReplyCodes.Found> found() {
        return found;
    }

    /** Takes what begins there when it is a tag. */
    void take(int start) {
        if (isOrdinaryWord(start) || found.size() == MOST) {
            return;
        }
        int end = tokenEnd(start);
        if (isTag(start, end)) {
            take(withNumber(start, end), start);
        }
    }

    /** {@code Queued}, {@code offered}: what most words look like. */
    private boolean isOrdinaryWord(int start) {
        return isUpper(text[start])
                ? start + 1 < text.length && isLower(text[start + 1])
                : start == 0 || text[start - 1] != '[';
    }

    private void take(String tag, int position) {
        for (ReplyCodes.Found earlier : found) {
            if (earlier.text().equals(tag)) {
                return;
            }
        }
        found = found.isEmpty() ? new ArrayList<>(2) : found;
        found.add(new ReplyCodes.Found(tag, position, false));
    }

    private int tokenEnd(int start) {
        int at = start;
        while (at < text.length && isOfToken(text[at])) {
            at++;
        }
        return at;
    }

    private boolean isTag(int start, int end) {
        int length = end - start;
        if (length < 2 || length > LONGEST) {
            return false;
        }
        if (!isUpper(text[start])) {
            return isBracketed(start, end, '[', ']') && (isWord(INTERNAL, start, end) || isWord(OOB, start, end));
        }
        int behind = upperEnd(start, end);
        int letters = behind - start;
        if (behind == end) {
            return letters == 2 && isNumberInBrackets(end);
        }
        return switch (text[behind]) {
            case '#' -> letters == 3 && end > behind + 1;
            case '_' -> letters == 3 && isDigits(behind + 1, end);
            case ':' -> isAfterColon(letters, behind + 1, end);
            case '-' -> isAfterHyphen(letters, behind + 1, end);
            case '.' -> letters >= 5 && isExchange(behind, end);
            default ->
                isDigits(behind, end)
                        && letters <= 5
                        && end - behind >= 2
                        && end - behind <= 8
                        && (isBracketed(start, end, '[', ']')
                                || isBracketed(start, end, '(', ')')
                                || letters == 2 && end - behind == 3);
        };
    }

    /** {@code RTR:BL}, {@code HVU:B1}; {@code MI:SPF}. */
    private boolean isAfterColon(int letters, int from, int end) {
        int rest = end - from;
        return isUpperOrDigits(from, end) && (letters == 3 && rest == 2 || letters == 2 && rest == 3);
    }

    /** {@code SC-001}; {@code RCP-P1}. */
    private boolean isAfterHyphen(int letters, int from, int end) {
        int rest = end - from;
        return letters == 2 && rest == 3 && isDigits(from, end)
                || letters == 3 && rest == 2 && isUpper(text[from]) && isDigit(text[from + 1]);
    }

    /** Words with dots between them, the first in capitals, none of them empty: {@code STOREDRV.Deliver}. */
    private boolean isExchange(int dot, int end) {
        boolean letterBefore = true;
        for (int i = dot; i < end; i++) {
            char c = text[i];
            if (c == '.' ? !letterBefore : !isUpper(c) && !isLower(c)) {
                return false;
            }
            letterBefore = c != '.';
        }
        return letterBefore && isUpper(text[dot + 1]);
    }

    /** {@code AS(201806281)} is one tag with the number behind it. */
    private String withNumber(int start, int end) {
        int behind = isNumberInBrackets(end) && end - start == 2 ? behindDigits(end + 1) + 1 : end;
        return new String(text, start, behind - start);
    }

    private boolean isNumberInBrackets(int at) {
        if (at >= text.length || text[at] != '(') {
            return false;
        }
        int close = behindDigits(at + 1);
        return close - at >= 4 && close - at <= 13 && close < text.length && text[close] == ')';
    }

    private int behindDigits(int from) {
        int at = from;
        while (at < text.length && isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private boolean isBracketed(int start, int end, char open, char close) {
        return start > 0 && text[start - 1] == open && end < text.length && text[end] == close;
    }

    private boolean isWord(char[] word, int start, int end) {
        return Arrays.equals(text, start, end, word, 0, word.length);
    }

    private int upperEnd(int start, int end) {
        int at = start;
        while (at < end && isUpper(text[at])) {
            at++;
        }
        return at;
    }

    private boolean isDigits(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return end > start;
    }

    private boolean isUpperOrDigits(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isUpper(text[i]) && !isDigit(text[i])) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
