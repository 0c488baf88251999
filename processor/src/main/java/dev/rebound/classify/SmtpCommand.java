package dev.rebound.classify;

import java.util.List;
import java.util.Locale;

/** Which SMTP command was refused: what the event says, or what the words around a quoted reply say. */
public final class SmtpCommand {

    private static final String DATA = "DATA";

    /** What stands in front of a command: Postfix's and Exim's words, and the mark of Sendmail's transcripts. */
    private static final List<String> INTRODUCTIONS = List.of("in reply to ", " after pipelined ", " after ", ">>> ");

    private static final List<String> COMMANDS =
            List.of("RCPT", "MAIL", DATA, "EHLO", "HELO", "STARTTLS", "AUTH", "CONNECT", "BDAT");
    private static final String END_OF_DATA = "end of data";

    private SmtpCommand() {}

    /** What a rule can ask for: upper case, without arguments. */
    static List<String> known() {
        return COMMANDS;
    }

    /**
     * The command in upper case, without its arguments, such as {@code RCPT}; the end of the data counts as {@code DATA}.
     *
     * @param field what the event says, with or without arguments; null when it does not say
     * @param reply the reply, which may tell it; null when there is none
     * @return null when neither tells it
     */
    public static String of(String field, String reply) {
        String named = field == null ? null : at(field.strip(), 0);
        return named != null || reply == null ? named : in(reply);
    }

    private static String in(String reply) {
        String text = reply.substring(0, Math.min(reply.length(), ReplyCodes.MAX_SCANNED));
        for (String introduction : INTRODUCTIONS) {
            for (int i = text.indexOf(introduction); i >= 0; i = text.indexOf(introduction, i + 1)) {
                String command = at(text, i + introduction.length());
                if (command != null) {
                    return command;
                }
            }
        }
        return null;
    }

    private static String at(String text, int start) {
        if (text.regionMatches(true, start, END_OF_DATA, 0, END_OF_DATA.length())) {
            return DATA;
        }
        for (String command : COMMANDS) {
            int end = start + command.length();
            if (text.regionMatches(true, start, command, 0, command.length())
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return command.equals("BDAT") ? DATA : command.toUpperCase(Locale.ROOT);
            }
        }
        return null;
    }
}
