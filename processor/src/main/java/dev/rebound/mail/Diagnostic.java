package dev.rebound.mail;

import dev.rebound.schema.ReplySource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Diagnostic-Code (RFC 3464 section 2.3.6).
 *
 * @param type lower case, such as {@code smtp} or {@code x-unix}; empty when the field has none
 * @param text what the server said; folded lines are joined with a space, since folding and line ends of the reply cannot be
 *     told apart
 */
record Diagnostic(Optional<String> type, Optional<String> text) {
    static final Diagnostic NONE = new Diagnostic(Optional.empty(), Optional.empty());

    private static final Pattern TYPE = Pattern.compile("^([A-Za-z][A-Za-z0-9-]{0,40})\\s*;");
    private static final Pattern BASIC_CODE = Pattern.compile("(?<![\\d.])[2-5][0-5]\\d(?![\\d.])");

    static Diagnostic parse(String field) {
        Matcher type = TYPE.matcher(field);
        boolean typed = type.find();
        String text = field.substring(typed ? type.end() : 0).strip();
        return new Diagnostic(
                typed ? Optional.of(type.group(1).toLowerCase(Locale.ROOT)) : Optional.empty(),
                text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    /**
     * Who spoke. The receiving server, where the type is smtp and the report names that server. The reporting MTA, where
     * the type says so or no basic code is in the text, for a server's reply begins with one (RFC 5321 section 4.2).
     * Otherwise unknown: smtp without a Remote-MTA is also what gateways write about their own refusals.
     */
    ReplySource source(boolean remoteMtaNamed) {
        if (text.isEmpty()) {
            return ReplySource.UNKNOWN;
        }
        if (type.filter("smtp"::equals).isPresent() && remoteMtaNamed) {
            return ReplySource.REMOTE;
        }
        boolean ownType =
                type.filter(t -> t.equals("x-postfix") || t.equals("x-unix")).isPresent();
        return ownType || !BASIC_CODE.matcher(text.get()).find() ? ReplySource.LOCAL : ReplySource.UNKNOWN;
    }
}
