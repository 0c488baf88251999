package dev.rebound.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes mbox files as the programs do that use a dialect. */
enum Dialect {
    MBOXO("^(From )", false),
    MBOXRD("^(>*From )", false),
    MBOXCL("^(From )", true),
    MBOXCL2(null, true);

    private static final String SEPARATOR = "From MAILER-DAEMON Thu Jan 15 13:00:00 2026\n";

    private static final int LINES = Pattern.MULTILINE | Pattern.UNIX_LINES;

    private final Pattern quoted;
    private final boolean withLength;

    Dialect(String quoted, boolean withLength) {
        this.quoted = quoted == null ? null : Pattern.compile(quoted, LINES);
        this.withLength = withLength;
    }

    /** A mail of a header without its last line end, and a body that ends in one or is empty; one character a byte. */
    record Parts(String header, String body) {}

    byte[] file(List<Parts> mails) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Parts mail : mails) {
            file.writeBytes(bytes(SEPARATOR));
            file.writeBytes(bytes(quote(asRead(mail))));
            file.write('\n');
        }
        return file.toByteArray();
    }

    /** The mail as it is in a mailbox of this dialect, where some have a field more. */
    String asRead(Parts mail) {
        String length = withLength ? "\nContent-Length: " + quote(mail.body()).length() : "";
        return mail.header() + length + "\n\n" + mail.body();
    }

    /** Whether what was lost when the file was written cannot be told from what was quoted. */
    boolean loses(Parts mail) {
        boolean unquoted = mail.body().startsWith("From ") || mail.body().contains("\nFrom ");
        boolean quotes = Pattern.compile("^>+From ", LINES).matcher(mail.body()).find();
        return switch (this) {
            case MBOXO, MBOXCL -> quotes;
            case MBOXRD -> false;
            case MBOXCL2 -> quotes && !unquoted;
        };
    }

    private String quote(String text) {
        return quoted == null ? text : quoted.matcher(text).replaceAll(">$1");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
