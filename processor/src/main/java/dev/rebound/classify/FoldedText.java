package dev.rebound.classify;

/**
 * A reply in the form that phrases are compared in: lower case; white space, and the code that begins each line of a reply
 * (RFC 5321 section 4.2.1), as one blank; quotation marks plain; every e-mail address as {@value #ADDRESS}, so that a phrase
 * can stand around one. One pass, with a bounded look back at each {@code @}: time is linear in the length. One object folds one
 * text after the other, and is what was folded last.
 */
final class FoldedText implements CharSequence {

    /** What stands for an e-mail address. */
    static final String ADDRESS = "{address}";

    /** Longest address that is looked for (RFC 5321 section 4.5.3.1 allows 64 octets and 255, and the sign between them). */
    private static final int MAX_LOCAL_PART = 64;

    private static final int MAX_DOMAIN = 255;

    private static final int USUAL_LENGTH = 1024;
    private static final String IN_ADDRESSES = "!#$%&'*+-/=?^_`{|}~.";

    /** The shortest address, {@code a@b}, becomes three times as long. */
    private static final int GROWTH = 3;

    /** What becomes of ASCII characters, of a blank unless one stands in front; 0 where it takes more than that. */
    private static final char[] PLAIN = plainAscii();

    private char[] source = new char[USUAL_LENGTH];
    private char[] folded = new char[USUAL_LENGTH * GROWTH + ADDRESS.length()];
    private int length;

    /** The text folded; the empty text for null. Of a text longer than {@link ReplyCodes#MAX_SCANNED} only so much. */
    static String of(String text) {
        FoldedText folded = new FoldedText();
        folded.fold(text == null ? "" : text);
        return folded.toString();
    }

    /** Folds another text; of one longer than {@link ReplyCodes#MAX_SCANNED} only so much. */
    void fold(String text) {
        int end = Math.min(text.length(), ReplyCodes.MAX_SCANNED);
        if (end > source.length) {
            source = new char[end];
            folded = new char[end * GROWTH + ADDRESS.length()];
        }
        text.getChars(0, end, source, 0);
        length = 0;
        int at = afterCode(0, end);
        while (true) {
            at = foldPlain(at, end);
            if (at == end) {
                break;
            }
            char c = source[at];
            if (isBlank(c)) {
                blank();
                at = c == '\n' ? afterCode(at + 1, end) : at + 1;
            } else if (c == '@') {
                at = address(at, end);
            } else {
                folded[length++] = plain(c);
                at++;
            }
        }
        if (length > 0 && folded[length - 1] == ' ') {
            length--;
        }
    }

    /** Folds what takes no thought: most characters. @return where something else stands, or the end */
    private int foldPlain(int from, int end) {
        char[] in = source;
        char[] out = folded;
        int to = length;
        int at = from;
        while (at < end) {
            char c = in[at];
            char plain = c < PLAIN.length ? PLAIN[c] : 0;
            if (plain == 0 || plain == ' ' && (to == 0 || out[to - 1] == ' ')) {
                break;
            }
            out[to++] = plain;
            at++;
        }
        length = to;
        return at;
    }

    /** What was folded; its first {@link #length} characters count. */
    char[] characters() {
        return folded;
    }

    private void blank() {
        if (length > 0 && folded[length - 1] != ' ') {
            folded[length++] = ' ';
        }
    }

    /** Behind the basic code and the enhanced code that a line begins with; where it begins when it begins with none. */
    private int afterCode(int lineStart, int end) {
        int at = lineStart;
        while (at < end && isBlank(source[at]) && source[at] != '\n') {
            at++;
        }
        int behindBasic = behindDigits(at, end, 3);
        if (behindBasic - at != 3 || behindBasic < end && source[behindBasic] != ' ' && source[behindBasic] != '-') {
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
            boolean dotFollows = behind < end && source[behind] == '.';
            if (behind == at || part < 2 && !dotFollows) {
                return -1;
            }
            at = part < 2 ? behind + 1 : behind;
        }
        return at == end || isBlank(source[at]) ? at : -1;
    }

    private int behindDigits(int from, int end, int most) {
        int at = from;
        while (at < end && at - from < most && source[at] >= '0' && source[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Takes back the local part, which is already folded, and passes over the domain. */
    private int address(int sign, int end) {
        int least = Math.max(0, length - MAX_LOCAL_PART);
        int local = length;
        while (local > least && isOfAddress(folded[local - 1])) {
            local--;
        }
        int domainEnd = sign + 1;
        while (domainEnd < end && domainEnd - sign <= MAX_DOMAIN && isOfDomain(plain(source[domainEnd]))) {
            domainEnd++;
        }
        while (domainEnd > sign + 1 && !Character.isLetterOrDigit(source[domainEnd - 1])) {
            domainEnd--;
        }
        if (local == length || domainEnd == sign + 1) {
            folded[length++] = '@';
            return sign + 1;
        }
        boolean inBrackets = local > 0 && folded[local - 1] == '<' && domainEnd < end && source[domainEnd] == '>';
        length = inBrackets ? local - 1 : local;
        ADDRESS.getChars(0, ADDRESS.length(), folded, length);
        length += ADDRESS.length();
        return inBrackets ? domainEnd + 1 : domainEnd;
    }

    private static boolean isOfAddress(char c) {
        return Character.isLetterOrDigit(c) || IN_ADDRESSES.indexOf(c) >= 0;
    }

    private static boolean isOfDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static char[] plainAscii() {
        char[] plain = new char[128];
        plain[' '] = ' ';
        for (char c = '!'; c < plain.length; c++) {
            plain[c] = plain(c);
        }
        plain['@'] = 0;
        return plain;
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201a', '\u00b4', '`' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> '-';
            default -> Character.toLowerCase(c);
        };
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return folded[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(folded, start, end - start);
    }

    @Override
    public String toString() {
        return new String(folded, 0, length);
    }
}
