package dev.rebound.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The beginning of the text that people read: plain parts, and of HTML what is left without tags where there is no other. */
final class TextLines {

    /** More of a part says nothing new about what kind of mail it is. */
    static final int MAX_PART_BYTES = 64 * 1024;

    private static final int MAX_LINES = 2_000;
    private static final Pattern END_OF_LINE =
            Pattern.compile("(?i)<(?:br|/?p|/?div|/?tr|/h[1-6]|/?li)\\b[^<>]{0,500}+>");
    private static final Pattern TAG = Pattern.compile("(?i)<(?:style|script)[^<]{0,20000}+|<[^<>]{0,2000}+>");

    private final List<String> plain = new ArrayList<>();
    private final List<String> html = new ArrayList<>();

    /**
     * Adds a part.
     *
     * @param type its type, lower case
     * @param charset its character set as it is declared; null and unknown ones are guessed
     * @param content its beginning, transfer encoding undone
     */
    void add(String type, String charset, byte[] content) {
        String text = decoded(charset, content);
        if (type.equals("text/html")) {
            String tagless =
                    TAG.matcher(END_OF_LINE.matcher(text).replaceAll("\n")).replaceAll("");
            add(
                    tagless.replace("&nbsp;", " ")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&"),
                    html);
        } else {
            add(text, plain);
        }
    }

    /** All lines without blanks at their ends. */
    List<String> all() {
        return plain.stream().allMatch(String::isEmpty) ? html : plain;
    }

    private static void add(String text, List<String> lines) {
        text.lines().limit(MAX_LINES - lines.size()).map(String::stripTrailing).forEach(lines::add);
    }

    private static String decoded(String charset, byte[] content) {
        try {
            if (charset != null && !charset.equalsIgnoreCase("us-ascii")) {
                return new String(content, Charset.forName(charset));
            }
        } catch (IllegalArgumentException e) {
            // Guessed like a missing one.
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }
}
