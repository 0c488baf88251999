package dev.rebound.ingest;

import dev.rebound.mail.DsnReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The mails of an mbox file, one after the other, in the dialects mboxo, mboxrd, mboxcl and mboxcl2. A mail ends at its
 * Content-Length, if another mail or the file's end is there; otherwise before a blank line that a separator follows.
 *
 * <p>Lines that the writer of the file quoted ({@code >From }) lose one {@code >} again, unless the mail ends at its
 * Content-Length and has unquoted ones. So a mail has the bytes that it had before, but for lines that began with
 * {@code >From } already and that mboxo and mboxcl did not quote, or that mboxcl2 left in a mail without other such lines.
 *
 * <p>Holds no mail, except to see whether its Content-Length is true, and then at most {@link DsnReader#MAX_MAIL_BYTES};
 * larger ones end at separators only.
 */
final class Mbox {
    private static final int MAX_HEADER_BYTES = 256 * 1024;
    private static final int MAX_LENGTH_DIGITS = 9;
    private static final String CONTENT_LENGTH = "content-length:";

    private final LookAhead in;
    private MboxMail mail;

    Mbox(LookAhead in) {
        this.in = in;
    }

    static boolean isAt(LookAhead in) throws IOException {
        return MboxSeparator.isAt(in, 0);
    }

    /** The next mail; null after the last. What is left of the one before is passed over. */
    InputStream next() throws IOException {
        if (mail != null) {
            mail.transferTo(OutputStream.nullOutputStream());
        }
        if (!in.has(0)) {
            return null;
        }
        skipLine();
        int length = trueLength();
        mail = new MboxMail(in, length, length < 0 || !hasFromLine(length));
        return mail;
    }

    private void skipLine() throws IOException {
        while (in.has(0)) {
            boolean last = in.at(0) == '\n';
            in.skip(1);
            if (last) {
                return;
            }
        }
    }

    /** Bytes of header and body by the header's Content-Length, if that can be believed; otherwise -1. */
    private int trueLength() throws IOException {
        int length = -1;
        int line = 0;
        while (line < MAX_HEADER_BYTES) {
            int end = in.indexOf((byte) '\n', line, MAX_HEADER_BYTES);
            if (end == MAX_HEADER_BYTES || !in.has(end)) {
                return -1;
            }
            if (end == line || end == line + 1 && in.at(line) == '\r') {
                return length >= 0 && endsAt(end + 1, length) ? end + 1 + length : -1;
            }
            if (length < 0) {
                length = contentLength(line, end);
            }
            line = end + 1;
        }
        return -1;
    }

    private int contentLength(int line, int end) {
        if (end - line < CONTENT_LENGTH.length() || end - line > CONTENT_LENGTH.length() + 100) {
            return -1;
        }
        byte[] field = new byte[end - line];
        for (int i = 0; i < field.length; i++) {
            field[i] = in.at(line + i);
        }
        String text = new String(field, StandardCharsets.ISO_8859_1);
        if (!text.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
            return -1;
        }
        String digits = text.substring(CONTENT_LENGTH.length()).strip();
        boolean number = !digits.isEmpty()
                && digits.length() <= MAX_LENGTH_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }

    /** Whether the file ends, or the next mail begins, where a body ends that is so long. */
    private boolean endsAt(int body, int length) throws IOException {
        int end = body + length;
        if (end > DsnReader.MAX_MAIL_BYTES || !in.has(end - 1)) {
            return false;
        }
        int next = end + MboxMail.lineEnds(in, end);
        if (!in.has(next)) {
            return true;
        }
        return in.at(next - 1) == '\n' && MboxSeparator.isAt(in, next);
    }

    private boolean hasFromLine(int length) throws IOException {
        for (int line = 0; line < length; line = in.indexOf((byte) '\n', line, length) + 1) {
            if (MboxSeparator.beginsWithFrom(in, line)) {
                return true;
            }
        }
        return false;
    }
}
