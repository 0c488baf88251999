package dev.rebound.compare;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes HTML, in which texts are escaped. */
final class Html {

    private final Writer out;

    Html(Writer out) {
        this.out = out;
    }

    /** Markup as it stands: no part of it comes from anywhere else. */
    Html raw(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** A text. What would be markup is escaped, and so are quotation marks, so that it can stand in an attribute. */
    Html text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '"' -> out.write("&quot;");
                case '\'' -> out.write("&#39;");
                default -> out.write(Character.isISOControl(c) && c != '\n' ? ' ' : c);
            }
        }
        return this;
    }

    /** An element with a text. @param tag name and attributes */
    Html element(String tag, String text) throws IOException {
        String name = tag.indexOf(' ') < 0 ? tag : tag.substring(0, tag.indexOf(' '));
        return raw("<" + tag + ">").text(text).raw("</" + name + ">");
    }

    /** A cell with a number. */
    Html number(long number) throws IOException {
        return element("td class=n", number(number, "%,d"));
    }

    /** A number in digits with thousands apart. */
    static String digits(long number) {
        return number(number, "%,d");
    }

    /** A number with its sign. */
    static String signed(long number) {
        return number(number, "%+,d");
    }

    private static String number(long number, String format) {
        return String.format(Locale.ROOT, format, number);
    }
}
