package dev.rebound.statistics;

/**
 * What is the same in replies that differ in details only: words with digits in them become {@code #}, such as queue ids, numbers and
 * addresses of hosts, and what is left of a masked e-mail address becomes {@code <address>}. The codes that a reply begins with stay, and
 * so do short marks of vendors such as {@code TSS04}.
 */
final class ReplyTemplate {

    private static final int LONGEST_MARK = 6;

    private ReplyTemplate() {}

    static String of(String reply) {
        StringBuilder template = new StringBuilder(reply.length());
        int at = behindCodes(reply);
        template.append(reply, 0, at);
        while (at < reply.length()) {
            char c = reply.charAt(at);
            if (!isOfWord(c)) {
                template.append(c);
                at++;
                continue;
            }
            int end = at;
            while (end < reply.length() && isOfWord(reply.charAt(end))) {
                end++;
            }
            append(template, reply, at, end);
            at = end;
        }
        return template.toString();
    }

    private static void append(StringBuilder template, String reply, int from, int to) {
        boolean digits = false;
        for (int i = from; i < to; i++) {
            if (reply.charAt(i) == '@') {
                template.append("<address>");
                return;
            }
            digits |= Character.isDigit(reply.charAt(i));
        }
        boolean mark = to - from <= LONGEST_MARK && Character.isLetter(reply.charAt(from));
        if (!digits || mark) {
            template.append(reply, from, to);
        } else if (template.length() == 0 || template.charAt(template.length() - 1) != '#') {
            template.append('#');
        }
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '@' || c == '*' || c == '-' || c == '_' || c == '.' || c == '+';
    }

    /** Behind the digits, dots, hyphens and blanks that the reply begins with. */
    private static int behindCodes(String reply) {
        int at = 0;
        while (at < reply.length() && (Character.isDigit(reply.charAt(at)) || " .-".indexOf(reply.charAt(at)) >= 0)) {
            at++;
        }
        return at < reply.length() && at > 0 && reply.charAt(at - 1) != ' ' ? 0 : at;
    }
}
