package dev.rebound.generate;

import dev.rebound.schema.ReplySource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer with blanks to fill in.
 *
 * @param command SMTP command that it answers; null: none
 * @param source whose words
 * @param status the report's Status field; null: none
 * @param parts fixed texts and the names of blanks, in turn, beginning with a text; empty: no reply at all
 */
record Reply(String command, ReplySource source, String status, List<String> parts) {

    private static final Pattern BLANK = Pattern.compile("\\{(\\w+)}");

    Reply {
        parts = List.copyOf(parts);
    }

    /** Reads the cells of a shipped table. */
    static Reply of(String command, String source, String status, String text) {
        return new Reply(nullIfEmpty(command), ReplySource.valueOf(source), nullIfEmpty(status), parts(text));
    }

    private static List<String> parts(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String unescaped = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
        List<String> parts = new ArrayList<>();
        int end = 0;
        for (Matcher blank = BLANK.matcher(unescaped); blank.find(); end = blank.end()) {
            parts.add(unescaped.substring(end, blank.start()));
            parts.add(blank.group(1));
        }
        parts.add(unescaped.substring(end));
        return parts;
    }

    /** The text, null when there is none. */
    String fill(Message message, int attempts, String last) {
        if (parts.isEmpty()) {
            return null;
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        StringBuilder text = new StringBuilder(160);
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 0) {
                text.append(parts.get(i));
            } else {
                append(text, parts.get(i), message, attempts, last);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String blank, Message message, int attempts, String last) {
        switch (blank) {
            case "rcpt" -> text.append(message.recipient());
            case "domain" -> text.append(message.receiver().domain());
            case "host" -> text.append(message.receiver().host());
            case "remote" -> text.append(message.receiver().address());
            case "ip" -> text.append(message.mailing().sourceAddress());
            case "ref" -> text.append(Long.toHexString(Mix.of(message.number())));
            case "size" -> text.append(message.sizeBytes());
            case "attempts" -> text.append(attempts);
            case "last" -> text.append(last);
            default -> throw new IllegalStateException("a reply has a blank {" + blank + "} that nothing fills");
        }
    }

    private static String nullIfEmpty(String cell) {
        return cell.isEmpty() ? null : cell;
    }
}
