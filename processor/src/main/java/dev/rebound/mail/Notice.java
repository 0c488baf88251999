package dev.rebound.mail;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mail in free text that may say what became of other mail. */
final class Notice {

    private static final int MOST_LINES_ABOVE = 20;

    private static final Pattern MAIL_SYSTEM = Pattern.compile(
            "(?i)mailer-?daemon|postmaster|mail[ ._-]?(?:delivery|deliver|system|administrator|admin|server|gateway|router)|delivery (?:sub)?system|\\bmmdf\\b|system administrator|ndr administrator|mailgate|mail security|<>");

    private final HeaderFields header;
    private final List<String> lines;
    private final Optional<HeaderFields> returned;
    /** Joined once: every reader looks into it. */
    private final String text;

    /**
     * A notice.
     *
     * @param header fields of the mail's own header
     * @param lines the text that people read, without the message that came back, without blanks at the ends of lines; of an HTML
     *     mail what its text amounts to. Bounded in number and length
     * @param returned header of the message that came back, from a part of its own or from within the text; empty when it did not
     */
    Notice(HeaderFields header, List<String> lines, Optional<HeaderFields> returned) {
        this.header = header;
        this.lines = List.copyOf(lines);
        this.returned = returned;
        this.text = String.join("\n", lines);
    }

    HeaderFields header() {
        return header;
    }

    List<String> lines() {
        return lines;
    }

    Optional<HeaderFields> returned() {
        return returned;
    }

    /** Whether a mail system calls itself the author. */
    boolean isFromMailSystem() {
        return header.first("From")
                .filter(from -> MAIL_SYSTEM.matcher(from).find())
                .isPresent();
    }

    /** Whether it quotes, near its beginning, a mail that a mail system calls itself the author of. */
    boolean quotesMailSystem() {
        return lines.stream()
                .limit(MOST_LINES_ABOVE)
                .anyMatch(line ->
                        line.startsWith("From:") && MAIL_SYSTEM.matcher(line).find());
    }

    /** Whether it went out with the null reverse-path (RFC 5321 section 4.5.5), or in the name of a mail system. */
    boolean hasNullPath() {
        return header.first("Return-Path")
                .filter(path -> path.replace(" ", "").startsWith("<>")
                        || MAIL_SYSTEM.matcher(path).find())
                .isPresent();
    }

    /** The subject; empty text for none. */
    String subject() {
        return header.first("Subject").orElse("");
    }

    /** The whole text, lines separated by line feeds. */
    String text() {
        return text;
    }
}
