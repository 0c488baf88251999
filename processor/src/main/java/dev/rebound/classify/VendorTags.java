package dev.rebound.classify;

import java.util.ArrayList;
import java.util.List;

/**
 * Marks that providers put on their replies, as their pages for senders name them: {@code [TSS04]} (Yahoo), {@code (S3150)} and
 * {@code AS(201806281)} (Microsoft), {@code (RTR:BL)} (AOL), {@code AUP#CXSNDR} (Cox, Charter), {@code OFR_416} (Orange),
 * {@code IB212} (GoDaddy), {@code SC-001} (Outlook.com), {@code RCP-P1} (Facebook), {@code MI:SPF} (NetEase),
 * {@code RESOLVER.ADR.RecipNotFound} (Exchange), {@code [internal]} and {@code [oob]} (Momentum).
 *
 * <p>They are known by their shape, so that a tag of tomorrow is seen, too. One pass; a token is looked at once.
 */
final class VendorTags {

    private static final int MOST = 4;
    private static final int LONGEST = 40;

    private static final boolean[] OF_TOKENS = ofTokens();

    private VendorTags() {}

    private static boolean[] ofTokens() {
        boolean[] ofTokens = new boolean[128];
        for (char c = 0; c < ofTokens.length; c++) {
            ofTokens[c] = isUpper(c) || isLower(c) || isDigit(c) || ":_#.-".indexOf(c) >= 0;
        }
        return ofTokens;
    }

    /** The tags in a text, in its order, each once, without the brackets around them; null and empty have none. */
    static List<ReplyCodes.Found> in(String text) {
        if (text == null) {
            return List.of();
        }
        List<ReplyCodes.Found> tags = List.of();
        int end = Math.min(text.length(), ReplyCodes.MAX_SCANNED);
        int at = 0;
        while (at < end && tags.size() < MOST) {
            int tokenEnd = tokenEnd(text, at, end);
            if (tokenEnd == at) {
                at++;
                continue;
            }
            if (isTag(text, at, tokenEnd)) {
                String tag = withNumber(text, at, tokenEnd);
                int position = at;
                if (tags.stream().noneMatch(known -> known.text().equals(tag))) {
                    tags = tags.isEmpty() ? new ArrayList<>(2) : tags;
                    tags.add(new ReplyCodes.Found(tag, position, false));
                }
            }
            at = tokenEnd;
        }
        return tags;
    }

    private static int tokenEnd(String text, int start, int end) {
        int at = start;
        while (at < end && isOfToken(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfToken(char c) {
        return c < OF_TOKENS.length && OF_TOKENS[c];
    }

    private static boolean isTag(String text, int start, int end) {
        int length = end - start;
        if (length < 2 || length > LONGEST) {
            return false;
        }
        if (!isUpper(text.charAt(start))) {
            return isBracketed(text, start, end, '[', ']')
                    && (text.startsWith("internal", start) && length == 8
                            || text.startsWith("oob", start) && length == 3);
        }
        int letters = upperEnd(text, start, end) - start;
        int behind = start + letters;
        if (behind == end) {
            return letters == 2 && isNumberInBrackets(text, end);
        }
        return switch (text.charAt(behind)) {
            case '#' -> letters == 3 && end > behind + 1;
            case '_' -> letters == 3 && isDigits(text, behind + 1, end);
            case ':' -> isAfterColon(letters, text, behind + 1, end);
            case '-' -> isAfterHyphen(letters, text, behind + 1, end);
            case '.' -> letters >= 5 && isExchange(text, behind, end);
            default ->
                isDigits(text, behind, end)
                        && letters <= 5
                        && end - behind >= 2
                        && end - behind <= 8
                        && (isBracketed(text, start, end, '[', ']')
                                || isBracketed(text, start, end, '(', ')')
                                || letters == 2 && end - behind == 3);
        };
    }

    /** {@code RTR:BL}, {@code HVU:B1}; {@code MI:SPF}. */
    private static boolean isAfterColon(int letters, String text, int from, int end) {
        int rest = end - from;
        return isUpperOrDigits(text, from, end) && (letters == 3 && rest == 2 || letters == 2 && rest == 3);
    }

    /** {@code SC-001}; {@code RCP-P1}. */
    private static boolean isAfterHyphen(int letters, String text, int from, int end) {
        int rest = end - from;
        return letters == 2 && rest == 3 && isDigits(text, from, end)
                || letters == 3 && rest == 2 && isUpper(text.charAt(from)) && isDigit(text.charAt(from + 1));
    }

    /** Words with dots between them, the first in capitals, none of them empty: {@code STOREDRV.Deliver}. */
    private static boolean isExchange(String text, int dot, int end) {
        boolean letterBefore = true;
        for (int i = dot; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' ? !letterBefore : !isUpper(c) && !isLower(c)) {
                return false;
            }
            letterBefore = c != '.';
        }
        return letterBefore && isUpper(text.charAt(dot + 1));
    }

    /** {@code AS(201806281)} is one tag with the number behind it. */
    private static String withNumber(String text, int start, int end) {
        return isNumberInBrackets(text, end) && end - start == 2
                ? text.substring(start, text.indexOf(')', end) + 1)
                : text.substring(start, end);
    }

    private static boolean isNumberInBrackets(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '(') {
            return false;
        }
        int close = at + 1;
        while (close < text.length() && close - at <= 12 && isDigit(text.charAt(close))) {
            close++;
        }
        return close - at >= 4 && close < text.length() && text.charAt(close) == ')';
    }

    private static boolean isBracketed(String text, int start, int end, char open, char close) {
        return start > 0 && text.charAt(start - 1) == open && end < text.length() && text.charAt(end) == close;
    }

    private static int upperEnd(String text, int start, int end) {
        int at = start;
        while (at < end && isUpper(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isUpperOrDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isUpper(text.charAt(i)) && !isDigit(text.charAt(i))) {
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
