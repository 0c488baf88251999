package dev.rebound.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a mail, parted into what the mail system wrote and the message that it quotes. The quotation begins at a line that
 * announces it, or where the fields of a mail header begin.
 *
 * @param lines what the mail system wrote
 * @param returned header of the quoted message; empty when none is quoted
 */
record NoticeText(List<String> lines, Optional<HeaderFields> returned) {

    /** Longer notices say nothing new behind this. */
    static final int MAX_LINES = 2_000;

    private static final int MAX_LINE_LENGTH = 4_000;
    /** Fields that a header needs within so many lines to be taken for one. */
    private static final int HEADER_WINDOW = 25;

    /** How mail systems announce the message that they quote; compared with the line in lower case, without blanks around it. */
    private static final Pattern ANNOUNCEMENT = Pattern.compile("[-=*_#+. ]{0,80}(?:"
            + "(?:this|below this line|enclosed|below|following|attached|here) (?:line )?is (?:a copy of|the header of|the original)"
            + "|(?:this is )?a copy of (?:the|your) (?:original )?(?:message|mail|e-mail)"
            + "|(?:the )?(?:header|headers|first [0-9]+ [a-z]+|text|body|beginning|start) of (?:the |your )?(?:original|returned|message|undelivered)"
            + "|(?:the )?(?:original|returned|unsent|undelivered|undeliverable|rejected|bounced|failed|your original) (?:message|mail|e-mail|email|text)"
            + "(?: headers?| mail info| info| text| body| content)?"
            + "(?: (?:follows?|below|attached|was received with|starts here|is following|included|begins))?"
            + "|(?:message|mail|original) headers?(?: (?:follows?|below))?"
            + "|(?:copy of (?:the )?(?:original|undelivered|rejected) (?:message|mail))"
            + "|forwarded message|begin (?:forwarded|returned) message|message (?:text|body|contents?) follows?"
            + "|original[- ]nachricht|ursprüngliche nachricht|urspruengliche nachricht|nachrichtentext|kopie der nachricht"
            + "|message d'origine|message original|en-têtes d'origine|mensaje original|mensagem original|messaggio originale"
            + "|oorspronkelijk bericht|oryginalna wiadomość|исходное сообщение|元のメール|元のメッセージ|原邮件|原始邮件|原始郵件"
            + ")(?:,? ?(?:as )?follows?|,? ?(?:including|with|was|which|to|sent|that)\\b.{0,60})?[-:=*_#+. ]{0,80}");

    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \\t].*)?");

    private static final List<String> OPENING_FIELDS =
            List.of("return-path:", "received:", "message-id:", "delivered-to:", "dkim-signature:", "mime-version:");

    private static final List<String> USUAL_FIELDS =
            List.of("from:", "to:", "subject:", "date:", "message-id:", "received:", "mime-version:", "return-path:");

    /** Parts a text. */
    static NoticeText of(String text) {
        List<String> all = new ArrayList<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (all.size() == MAX_LINES) {
                break;
            }
            all.add((line.length() > MAX_LINE_LENGTH ? line.substring(0, MAX_LINE_LENGTH) : line).stripTrailing());
        }
        unquote(all);
        for (int i = 0; i < all.size(); i++) {
            if (announces(all, i)) {
                return new NoticeText(all.subList(0, i), header(all, i + 1));
            }
            if (beginsHeader(all, i)) {
                return new NoticeText(all.subList(0, i), header(all, i));
            }
        }
        return new NoticeText(all, Optional.empty());
    }

    /** A notice that somebody forwards within a text is quoted as a whole, below words of theirs. */
    private static void unquote(List<String> lines) {
        long quoted = lines.stream().filter(NoticeText::isQuoted).count();
        long written = lines.stream().filter(line -> !line.isBlank()).count();
        if (quoted * 2 > written) {
            while (!isQuoted(lines.get(0))) {
                lines.remove(0);
            }
            lines.replaceAll(line -> isQuoted(line) ? line.replaceFirst("^> ?", "") : line);
        }
    }

    private static boolean isQuoted(String line) {
        return line.startsWith(">") && !line.startsWith(">>>");
    }

    /** Not at the very beginning, where it would be a title of the notice. */
    private static boolean announces(List<String> lines, int at) {
        String line = lines.get(at).strip().toLowerCase(Locale.ROOT);
        if (line.length() < 8 || line.length() > 200 || at == 0) {
            return false;
        }
        if (!ANNOUNCEMENT.matcher(line).matches()) {
            return false;
        }
        boolean ruled = line.startsWith("--") || line.startsWith("==") || line.startsWith("**") || line.endsWith(":");
        boolean header = header(lines, at + 1).isPresent();
        return (ruled || header || line.endsWith("follows.") || line.endsWith("follow.") || line.endsWith("message."))
                && !line.contains("headers could not");
    }

    /** A header within the text, which no line announces. */
    private static boolean beginsHeader(List<String> lines, int at) {
        String line = lines.get(at).toLowerCase(Locale.ROOT);
        boolean opens = OPENING_FIELDS.stream().anyMatch(line::startsWith);
        if (!opens || at == 0) {
            return false;
        }
        return usualFields(lines, at) >= 3;
    }

    private static long usualFields(List<String> lines, int from) {
        long found = 0;
        for (int i = from; i < Math.min(lines.size(), from + HEADER_WINDOW); i++) {
            String line = lines.get(i).toLowerCase(Locale.ROOT);
            if (line.isBlank()) {
                break;
            }
            found += USUAL_FIELDS.stream().anyMatch(line::startsWith) ? 1 : 0;
        }
        return found;
    }

    /** The header that begins after blank lines, indented or not; empty when what is there is none. */
    private static Optional<HeaderFields> header(List<String> lines, int from) {
        int start = from;
        while (start < lines.size()
                && start < from + 6
                && !FIELD.matcher(lines.get(start).strip()).matches()) {
            start++;
        }
        if (start >= lines.size() || !FIELD.matcher(lines.get(start).strip()).matches()) {
            return Optional.empty();
        }
        int indent = lines.get(start).length() - lines.get(start).stripLeading().length();
        StringBuilder header = new StringBuilder();
        for (int i = start; i < lines.size() && !lines.get(i).isBlank(); i++) {
            String line = lines.get(i);
            int own = line.length() - line.stripLeading().length();
            header.append(line, Math.min(indent, own), line.length()).append('\n');
        }
        HeaderFields fields = HeaderFields.ofHeader(header.toString().getBytes(StandardCharsets.UTF_8));
        boolean usual = fields.has("To") || fields.has("From") || fields.has("Message-ID") || fields.has("Subject");
        return usual ? Optional.of(fields) : Optional.empty();
    }
}
