package dev.rebound.statistics;

/**
 * What is the same in replies that differ in details only: words with digits in them become {@code #}, such as queue ids, numbers,
 * times and addresses of hosts, and what is left of a masked e-mail address becomes {@code <address>}. The codes that a reply begins with
 * stay, and so do short marks of vendors such as {@code TSS04}.
 */
final class ReplyTemplate {

    private static final int LONGEST_MARK = 6;
    private static final String SIGNS_OF_WORDS = "@*-_.+";
    private static final String ADDRESS = "<address>";
    private static final boolean[] OF_WORDS = ofWords();

    private final String reply;
    private final StringBuilder template;
    private int at;

    private ReplyTemplate(String reply) {
        this.reply = reply;
        this.template = new StringBuilder(reply.length());
        this.at = behindCodes(reply);
        template.append(reply, 0, at);
    }

    static String of(String reply) {
        ReplyTemplate made = new ReplyTemplate(reply);
        while (made.at < reply.length()) {
            made.takeOne();
        }
        return made.template.toString();
    }

    /**
     * So many whole words of a reply that their template has at most this length. Replies with the same template are cut in the same
     * place, however long their details are.
     */
    static String beginning(String reply, int longest) {
        if (longestTemplate(reply) <= longest) {
            return reply;
        }
        ReplyTemplate made = new ReplyTemplate(reply);
        int end = made.at;
        while (made.at < reply.length()) {
            made.takeOne();
            if (made.template.length() > longest) {
                return reply.substring(0, end);
            }
            end = made.at;
        }
        return reply;
    }

    /** What a template has more characters for than the reply is a word with the sign of an address. */
    private static int longestTemplate(String reply) {
        int length = reply.length();
        for (int at = reply.indexOf('@'); at >= 0; at = reply.indexOf('@', at + 1)) {
            length += ADDRESS.length();
        }
        return length;
    }

    /** A word, an address of a host, a time, or what stands between words. */
    private void takeOne() {
        int from = at;
        int c = reply.codePointAt(at);
        if (!isOfWord(c) && c != ':') {
            at += Character.charCount(c);
            template.appendCodePoint(c);
            return;
        }
        int end = endOfColonGroups(from);
        if (end > from) {
            at = end;
            appendMark();
            return;
        }
        at += Character.charCount(c);
        if (c == ':') {
            template.append(':');
            return;
        }
        while (at < reply.length() && isOfWord(reply.codePointAt(at))) {
            at += Character.charCount(reply.codePointAt(at));
        }
        appendWord(from, at);
    }

    private void appendWord(int from, int to) {
        boolean digits = false;
        for (int i = from; i < to; i++) {
            if (reply.charAt(i) == '@') {
                template.append(ADDRESS);
                return;
            }
            digits |= Character.isDigit(reply.charAt(i));
        }
        if (digits && !(to - from <= LONGEST_MARK && Character.isLetter(reply.charAt(from)))) {
            appendMark();
        } else {
            template.append(reply, from, to);
        }
    }

    private void appendMark() {
        if (template.length() == 0 || template.charAt(template.length() - 1) != '#') {
            template.append('#');
        }
    }

    /** Behind an IPv6 address or a time that begins here: hexadecimal digits with two colons at least; else here. */
    private int endOfColonGroups(int from) {
        int colons = 0;
        boolean digits = false;
        int end = from;
        while (end < reply.length()) {
            char c = reply.charAt(end);
            if (c == ':') {
                colons++;
            } else if (Character.digit(c, 16) >= 0 && c < 0x80) {
                digits = true;
            } else if (c != '.') {
                break;
            }
            end++;
        }
        boolean whole = end == reply.length() || !isOfWord(reply.codePointAt(end));
        return colons >= 2 && digits && whole ? end : from;
    }

    private static boolean isOfWord(int c) {
        return c < OF_WORDS.length ? OF_WORDS[c] : Character.isLetterOrDigit(c);
    }

    /** By ASCII character: nearly all characters are looked at here. */
    private static boolean[] ofWords() {
        boolean[] ofWords = new boolean[128];
        for (int c = 0; c < ofWords.length; c++) {
            ofWords[c] = Character.isLetterOrDigit(c) || SIGNS_OF_WORDS.indexOf(c) >= 0;
        }
        return ofWords;
    }

    /** Behind the basic code, the enhanced code, or both, that the reply begins with, and the blank there. */
    private static int behindCodes(String reply) {
        int basic = behindDigits(reply, 0, 3, 3);
        int at = basic > 0 && isEndOfCode(reply, basic) ? Math.min(basic + 1, reply.length()) : 0;
        int end = behindDigits(reply, at, 1, 1);
        for (int part = 0; part < 2 && end > 0; part++) {
            end = end < reply.length() && reply.charAt(end) == '.' ? behindDigits(reply, end + 1, 1, 3) : 0;
        }
        return end > 0 && isEndOfCode(reply, end) ? Math.min(end + 1, reply.length()) : at;
    }

    /** Behind this many digits; 0 where there are fewer or more. */
    private static int behindDigits(String reply, int from, int least, int most) {
        int end = from;
        while (end < reply.length() && reply.charAt(end) >= '0' && reply.charAt(end) <= '9') {
            end++;
        }
        return end - from >= least && end - from <= most ? end : 0;
    }

    private static boolean isEndOfCode(String reply, int at) {
        return at == reply.length() || reply.charAt(at) == ' ' || reply.charAt(at) == '-';
    }
}
