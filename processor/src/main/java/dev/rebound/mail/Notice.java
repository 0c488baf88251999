package dev.rebound.mail;

import java.util.List;
import java.util.Optional;

/**
 * A mail in free text that may say what became of other mail.
 *
 * @param header fields of the mail's own header
 * @param lines the text that people read, without the message that came back, without blanks at the ends of lines; of an HTML
 *     mail what its text amounts to. Bounded in number and length
 * @param returned header of the message that came back, from a part of its own or from within the text; empty when it did not
 */
record Notice(HeaderFields header, List<String> lines, Optional<HeaderFields> returned) {

    /** Copies the lines. */
    Notice {
        lines = List.copyOf(lines);
    }

    /** The subject; empty text for none. */
    String subject() {
        return header.first("Subject").orElse("");
    }

    /** The whole text, lines separated by line feeds. */
    String text() {
        return String.join("\n", lines);
    }
}
