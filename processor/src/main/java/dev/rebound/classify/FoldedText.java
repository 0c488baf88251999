package dev.rebound.classify;

/**
 * A reply in the form that phrases are compared in: lower case; white space, and the code that begins each line of a reply
 * (RFC 5321 section 4.2.1), as one blank; quotation marks plain; every e-mail address as {@value #ADDRESS}, so that a phrase
 * can stand around one. One pass, with a bounded look back at each {@code @}: time is linear in the length.
 */
final class FoldedText {

    /** What stands for an e-mail address. */
    static final String ADDRESS = "{address}";

    /** Longest address that is looked for (RFC 5321 section 4.5.3.1 allows 64 octets and 255, and the sign between them). */
    private static final int MAX_LOCAL_PART = 64;

    private static final int MAX_DOMAIN = 255;

    private final String source;
    private final StringBuilder folded;

    private FoldedText(String source) {
        this.source = source;
        this.folded = new StringBuilder(Math.min(source.length(), ReplyCodes.MAX_SCANNED) + ADDRESS.length());
    }

    /** The text folded; the empty text for null. Of a text longer than {@link ReplyCodes#MAX_SCANNED} only so much. */
    static String of(String text) {
        return text == null ? "" : new FoldedText(text).fold();
    }

    private String fold() {
        int end = Math.min(source.length(), ReplyCodes.MAX_SCANNED);
        int at = afterCode(0, end);
        while (at < end) {
            char c = source.charAt(at);
            if (isBlank(c)) {
                blank();
                at = c == '\n' ? afterCode(at + 1, end) : at + 1;
            } else if (c == '@') {
                at = address(at, end);
            } else {
                folded.append(plain(c));
                at++;
            }
        }
        trimEnd();
        return folded.toString();
    }

    private void blank() {
        if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
    }

    private void trimEnd() {
        if (!folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ') {
            folded.setLength(folded.length() - 1);
        }
    }

    /** Behind the basic code and the enhanced code that a line begins with; where it begins when it begins with none. */
    private int afterCode(int lineStart, int end) {
        int at = lineStart;
        while (at < end && isBlank(source.charAt(at)) && source.charAt(at) != '\n') {
            at++;
        }
        int behindBasic = behindDigits(at, end, 3);
        if (behindBasic - at != 3
                || behindBasic < end && source.charAt(behindBasic) != ' ' && source.charAt(behindBasic) != '-') {
            return lineStart;
        }
        int text = Math.min(behindBasic + 1, end);
        int behindEnhanced = behindEnhanced(text, end);
        return behindEnhanced < 0 ? text : behindEnhanced;
    }

    private int behindEnhanced(int from, int end) {
        int at = from;
        for (int part = 0; part < 3; part++) {
            int behind = behindDigits(at, end, part == 0 ? 1 : 3);
            boolean dotFollows = behind < end && source.charAt(behind) == '.';
            if (behind == at || part < 2 && !dotFollows) {
                return -1;
            }
            at = part < 2 ? behind + 1 : behind;
        }
        return at == end || isBlank(source.charAt(at)) ? at : -1;
    }

    private int behindDigits(int from, int end, int most) {
        int at = from;
        while (at < end && at - from < most && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Takes back the local part, which is already folded, and passes over the domain. */
    private int address(int sign, int end) {
        int least = Math.max(0, folded.length() - MAX_LOCAL_PART);
        int local = folded.length();
        while (local > least && isOfAddress(folded.charAt(local - 1))) {
            local--;
        }
        int domainEnd = sign + 1;
        while (domainEnd < end && domainEnd - sign <= MAX_DOMAIN && (isOfDomain(source.charAt(domainEnd)))) {
            domainEnd++;
        }
        while (domainEnd > sign + 1 && !Character.isLetterOrDigit(source.charAt(domainEnd - 1))) {
            domainEnd--;
        }
        if (local == folded.length() || domainEnd == sign + 1) {
            folded.append('@');
            return sign + 1;
        }
        boolean inBrackets =
                local > 0 && folded.charAt(local - 1) == '<' && domainEnd < end && source.charAt(domainEnd) == '>';
        folded.setLength(inBrackets ? local - 1 : local);
        folded.append(ADDRESS);
        return inBrackets ? domainEnd + 1 : domainEnd;
    }

    private static boolean isOfAddress(char c) {
        return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static boolean isOfDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201a', '\u00b4', '`' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> '-';
            default -> Character.toLowerCase(c);
        };
    }
}
