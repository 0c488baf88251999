package dev.rebound.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Bytes and HTML of a mail's body as text. */
final class BodyText {

    /** How ISO-2022-JP (RFC 1468) begins a run of Japanese characters, in mails that do not say that they are in it. */
    private static final String JAPANESE = "\u001b$";

    /** Elements that begin a line, and that HTML does not count among the blocks. */
    private static final Set<String> BREAKS = Set.of("br", "td", "tr");

    private BodyText() {}

    /**
     * The text of a body part. Where the declared character set is wrong, unknown or missing: ISO-2022-JP by its escapes, UTF-8 where
     * the bytes are, else ISO 8859-1, which takes any bytes.
     *
     * @param charset as the mail declares it; null for none
     */
    static String decoded(byte[] body, String charset) {
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        Charset declared = charset(charset);
        if (declared == null || declared.equals(StandardCharsets.US_ASCII)) {
            if (latin.contains(JAPANESE)) {
                return new String(body, Charset.forName("ISO-2022-JP"));
            }
            return strictly(body, StandardCharsets.UTF_8, latin);
        }
        return declared.equals(StandardCharsets.UTF_8)
                ? strictly(body, StandardCharsets.UTF_8, latin)
                : new String(body, declared);
    }

    private static Charset charset(String name) {
        try {
            return name == null ? null : Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static String strictly(byte[] body, Charset charset, String otherwise) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            return otherwise;
        }
    }

    /** What an HTML text shows, block elements on lines of their own. */
    static String ofHtml(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, head > title").remove();
        StringBuilder shown = new StringBuilder();
        document.traverse((node, depth) -> {
            if (node instanceof TextNode text) {
                shown.append(text.getWholeText());
            } else if (node instanceof Element element
                    && (element.isBlock() || BREAKS.contains(element.normalName()))) {
                shown.append('\n');
            }
        });
        return shown.toString().replace('\u00a0', ' ');
    }
}
