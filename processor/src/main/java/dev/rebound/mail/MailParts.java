package dev.rebound.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * The parts of a mail that matter to a delivery report. A message within the mail is not searched for further reports: a
 * report that is merely quoted, such as one that bounced itself, is about other mail.
 */
final class MailParts {
    private static final int MAX_DEPTH = 24;
    private static final int MAX_PARTS = 10_000;
    private static final int MAX_FIELD_LENGTH = 128 * 1024;
    private static final int MAX_FIELDS = 10_000;
    private static final int MAX_REPORT_BYTES = 4 * 1024 * 1024;
    private static final int MAX_RETURNED_HEADER_BYTES = 256 * 1024;
    private static final int MAX_EMBEDDED_BYTES = 1024 * 1024;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_TEXT_BYTES = 256 * 1024;

    /**
     * Lines and parts of any size: that of the mail is bounded before. Header fields are not, because the parser's time for
     * a field grows with the square of its length.
     */
    private static final MimeConfig LENIENT = MimeConfig.custom()
            .setStrictParsing(false)
            .setMaxLineLen(-1)
            .setMaxHeaderLen(MAX_FIELD_LENGTH)
            .setMaxHeaderCount(MAX_FIELDS)
            .setMaxContentLen(-1)
            .setMalformedHeaderStartsBody(false)
            .build();

    private static final Pattern STRANDED_REPORT = Pattern.compile(
            "^--(\\S[^\\r\\n]{0,200}+)\\r?\\n(?:[A-Za-z-]{1,60}+:[^\\r\\n]{0,1000}+\\r?\\n){0,10}?"
                    + "Content-Type:[ \\t]*message/(?:global-)?delivery-status\\b",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final List<HeaderFields.Field> header = new ArrayList<>();
    private final List<byte[]> deliveryReports = new ArrayList<>();
    private final List<byte[]> feedbackReports = new ArrayList<>();
    private final Set<String> types = new HashSet<>();
    private final StringBuilder plain = new StringBuilder();
    private String html;
    private String shown;
    private HeaderFields returnedHeader;
    private byte[] embedded;
    private boolean tooComplex;
    private boolean reportTooLarge;

    private MailParts() {}

    /**
     * Finds the parts.
     *
     * @throws MimeException when the structure is beyond lenient reading
     */
    static MailParts of(byte[] mail) throws MimeException {
        MailParts parts = new MailParts();
        try {
            parts.walk(mail);
            if (parts.isPlainText()) {
                parts.walkStrandedParts(mail);
            }
        } catch (IOException e) {
            throw new MimeException(e);
        }
        return parts;
    }

    /** Fields of the mail's own header. */
    HeaderFields header() {
        return HeaderFields.of(header);
    }

    /** Content of each delivery report part (RFC 3464, RFC 6533), transfer encoding undone; usually one. */
    List<byte[]> deliveryReports() {
        return deliveryReports;
    }

    /** Content of each report of feedback (RFC 5965), transfer encoding undone; at most one in real mail. */
    List<byte[]> feedbackReports() {
        return feedbackReports;
    }

    /** Header of the message that the report is about, when it came back with it. */
    Optional<HeaderFields> returnedHeader() {
        return Optional.ofNullable(returnedHeader);
    }

    /**
     * The text that people read: of the plain parts in front of a message that came back, else of the first HTML part; empty when
     * there is none. At most {@value #MAX_TEXT_BYTES} bytes of each part are looked at.
     */
    String text() {
        if (shown == null) {
            shown = plain.toString().isBlank() && html != null ? BodyText.ofHtml(html) : plain.toString();
        }
        return shown;
    }

    /** Lines of {@link #text()}, without blanks at their ends; at most {@value #MAX_LINES}. */
    List<String> lines() {
        return text().lines().limit(MAX_LINES).map(String::stripTrailing).toList();
    }

    /** The first message within the mail, from its beginning; empty when there is none. */
    Optional<byte[]> embedded() {
        return Optional.ofNullable(embedded);
    }

    /** Types of all parts, lower case. */
    Set<String> types() {
        return Set.copyOf(types);
    }

    /** Whether a part of this type, such as {@code message/feedback-report}, is there. */
    boolean has(String type) {
        return types.contains(type);
    }

    /** Whether the search ended early, at more parts or deeper nesting than any real mail has. */
    boolean tooComplex() {
        return tooComplex;
    }

    /** Whether a report was too large to be held as a whole. */
    boolean reportTooLarge() {
        return reportTooLarge;
    }

    private boolean isPlainText() {
        return types.equals(Set.of("text/plain"));
    }

    /**
     * Filters and old servers lose or replace the header that says what separates the parts; the parts are then still
     * there, as text, and the line in front of the report's own header is the separator.
     */
    private void walkStrandedParts(byte[] mail) throws MimeException, IOException {
        Matcher stranded = STRANDED_REPORT.matcher(new String(mail, StandardCharsets.ISO_8859_1));
        if (stranded.find()) {
            String header = "Content-Type: multipart/report; boundary=\""
                    + stranded.group(1).replace("\\", "\\\\").replace("\"", "\\\"") + "\"\r\n\r\n";
            byte[] lead = header.getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = Arrays.copyOf(lead, lead.length + mail.length);
            System.arraycopy(mail, 0, whole, lead.length, mail.length);
            walk(whole);
        }
    }

    private void walk(byte[] mail) throws MimeException, IOException {
        MimeTokenStream tokens = new MimeTokenStream(LENIENT);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(new ByteArrayInputStream(mail));
        int depth = 0;
        int bodyParts = 0;
        boolean inOwnHeader = header.isEmpty();
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_FIELD -> {
                    if (inOwnHeader) {
                        addField(tokens.getField());
                    }
                }
                case T_END_HEADER -> inOwnHeader = false;
                case T_START_MULTIPART -> {
                    if (++depth > MAX_DEPTH) {
                        tooComplex = true;
                        return;
                    }
                }
                case T_START_BODYPART -> {
                    if (++bodyParts > MAX_PARTS) {
                        tooComplex = true;
                        return;
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_BODY -> addBody(tokens);
                case T_START_MESSAGE,
                        T_END_MESSAGE,
                        T_RAW_ENTITY,
                        T_START_HEADER,
                        T_PREAMBLE,
                        T_EPILOGUE,
                        T_END_BODYPART,
                        T_END_OF_STREAM -> {}
            }
        }
    }

    private void addField(Field field) {
        String value = field.getBody() == null ? "" : field.getBody().replaceAll("[\\r\\n]+[ \\t]*", " ");
        header.add(new HeaderFields.Field(field.getName().strip().toLowerCase(Locale.ROOT), value.strip()));
    }

    private void addBody(MimeTokenStream tokens) throws IOException {
        String type = tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
        types.add(type);
        switch (type) {
            case "message/delivery-status", "message/global-delivery-status" ->
                addReport(beginning(tokens, MAX_REPORT_BYTES + 1), deliveryReports);
            case "message/feedback-report" -> addReport(beginning(tokens, MAX_REPORT_BYTES + 1), feedbackReports);
            case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" -> {
                if (returnedHeader == null) {
                    embedded = beginning(tokens, MAX_EMBEDDED_BYTES);
                    returnedHeader = HeaderFields.ofHeader(
                            Arrays.copyOf(embedded, Math.min(embedded.length, MAX_RETURNED_HEADER_BYTES)));
                }
            }
            case "text/plain" -> addText(tokens);
            case "text/html" -> {
                if (html == null) {
                    html = text(tokens);
                }
            }
            default -> {}
        }
    }

    /** What comes behind the message that came back belongs to it, or is an advertisement. */
    private void addText(MimeTokenStream tokens) throws IOException {
        if (returnedHeader == null && plain.length() < MAX_TEXT_BYTES) {
            plain.append(text(tokens)).append("\n\n");
        }
    }

    private static String text(MimeTokenStream tokens) throws IOException {
        return BodyText.decoded(
                beginning(tokens, MAX_TEXT_BYTES), tokens.getBodyDescriptor().getCharset());
    }

    private void addReport(byte[] report, List<byte[]> reports) {
        if (report.length > MAX_REPORT_BYTES) {
            reportTooLarge = true;
        } else {
            reports.add(report);
        }
    }

    private static byte[] beginning(MimeTokenStream tokens, int limit) throws IOException {
        try (InputStream body = tokens.getDecodedInputStream()) {
            return body.readNBytes(limit);
        }
    }
}
