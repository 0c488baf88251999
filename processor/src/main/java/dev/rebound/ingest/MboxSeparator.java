package dev.rebound.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The line before each mail of an mbox file (RFC 4155), such as {@code From a@b.example Thu Jan  1 00:00:00 2026}. It ends in
 * a date, which sentences that begin with that word do not.
 */
final class MboxSeparator {
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LENGTH = 1_000;

    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?";
    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String TIME = "\\d{1,2}:\\d\\d(?::\\d\\d)?";
    private static final String ZONES = "(?: +(?:[A-Z]{1,5}|[+-]\\d{4}))*";
    private static final Pattern LINE = Pattern.compile("From +(?:(?:\"[^\"]*\"\\S*|\\S+) +)?(?:"
            + DAY + " +" + MONTH + " +\\d{1,2} +" + TIME + ZONES + " +\\d{4}"
            + "|(?:" + DAY + " +)?\\d{1,2} +" + MONTH + " +\\d{4} +" + TIME
            + "|\\d{4}-\\d\\d-\\d\\d[T ]" + TIME + "(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?"
            + ")" + ZONES + "(?: +remote from \\S+)?\\s*");

    private MboxSeparator() {}

    /** Whether such a line begins at an offset, where a line begins. */
    static boolean isAt(LookAhead in, int offset) throws IOException {
        if (!beginsWithFrom(in, offset)) {
            return false;
        }
        int end = in.indexOf((byte) '\n', offset, offset + MAX_LENGTH);
        if (end == offset + MAX_LENGTH) {
            return false;
        }
        byte[] line = new byte[end - offset];
        for (int i = 0; i < line.length; i++) {
            line[i] = in.at(offset + i);
        }
        return isOne(new String(line, StandardCharsets.ISO_8859_1));
    }

    /** Whether a line without its end is one, whatever its length. */
    static boolean isOne(String line) {
        return LINE.matcher(line).matches();
    }

    /** Whether a line begins with the word and a space. */
    static boolean beginsWithFrom(LookAhead in, int offset) throws IOException {
        for (int i = 0; i < FROM.length; i++) {
            if (!in.has(offset + i) || in.at(offset + i) != FROM[i]) {
                return false;
            }
        }
        return true;
    }
}
