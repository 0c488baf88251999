package dev.rebound.mail;

import dev.rebound.event.Digests;
import dev.rebound.event.Tenants;
import dev.rebound.schema.Correlation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;

/**
 * Reads what comes back: delivery status notifications (RFC 3464, and RFC 6533 for addresses beyond ASCII), bounces in free text and
 * complaints (RFC 5965): an event for each recipient that they name. Takes any bytes: a mail that is none of these gives a
 * reason, never an exception.
 */
public final class DsnReader {

    /** Larger mails are set aside unread. */
    public static final int MAX_MAIL_BYTES = 50 * 1024 * 1024;

    /** How a line begins that mbox files have before each mail, and that stays when a mail is cut out of one. */
    private static final String MBOX_LINE = "From ";

    private static final Pattern MAIL_SYSTEM = Pattern.compile("(?i)mailer-daemon|postmaster|mail delivery");

    private final StatusReportReader reports;
    private final FreeTextReader notices;
    private final ComplaintReader complaints;

    /** A reader where envelope senders are not signed. */
    public DsnReader(String tenant, Correlation correlation, Clock clock) {
        this(tenant, correlation, clock, Optional.empty());
    }

    /**
     * @param tenant whose mail the reports are about
     * @param correlation how far the reports are to be believed: {@code ASSERTED} when the operator vouches for where they
     *     come from, {@code NONE} when anybody could have written them
     * @param clock gives the time of receipt, and the event time of a report that has no date at all
     * @param verp the signed envelope senders; a mail that was delivered to one is {@code VERIFIED}, and tells by it who was
     *     mailed. Empty when senders are not signed
     * @throws IllegalArgumentException when the tenant's name cannot be used
     */
    public DsnReader(String tenant, Correlation correlation, Clock clock, Optional<Verp> verp) {
        if (!Tenants.isValid(tenant)) {
            throw new IllegalArgumentException("tenant: \"" + tenant + "\" (expected: " + Tenants.EXPECTED + ")");
        }
        MailContext context = new MailContext(tenant, correlation, clock, verp);
        this.reports = new StatusReportReader(context);
        this.notices = new FreeTextReader(context);
        this.complaints = new ComplaintReader(context);
    }

    /**
     * Reads one mail.
     *
     * @param mail its bytes
     * @param source where it came from, such as a file's path; becomes part of each event's source reference
     */
    public MailReading read(byte[] mail, String source) {
        if (mail.length > MAX_MAIL_BYTES) {
            return new MailReading.NotRead(SetAsideReason.TOO_LARGE);
        }
        if (isBlank(mail)) {
            return new MailReading.NotRead(SetAsideReason.EMPTY);
        }
        try {
            MailParts parts = MailParts.of(startsAsMbox(mail) ? withoutFirstLine(mail) : mail);
            return read(parts, source, Digests.hex(mail));
        } catch (MimeException | RuntimeException | StackOverflowError e) {
            // The parsers are not ours and the bytes are anybody's. Regular expressions recurse over what repeats.
            return new MailReading.NotRead(SetAsideReason.MALFORMED);
        }
    }

    private MailReading read(MailParts parts, String source, String digest) {
        if (parts.tooComplex()) {
            return new MailReading.NotRead(SetAsideReason.TOO_COMPLEX);
        }
        if (parts.reportTooLarge()) {
            return new MailReading.NotRead(SetAsideReason.REPORT_TOO_LARGE);
        }
        Optional<FeedbackReport> feedback = feedback(parts);
        if (feedback.isPresent()) {
            return complaints.read(feedback.get(), parts.header(), source, digest);
        }
        if (parts.deliveryReports().isEmpty()) {
            return withoutReport(parts, source, digest);
        }
        MailReading report = reports.read(parts, source, digest);
        return report instanceof MailReading.NotRead notRead && notRead.reason() == SetAsideReason.NO_RECIPIENT_BLOCK
                ? orElse(notices.read(parts, source, digest), report)
                : report;
    }

    private MailReading withoutReport(MailParts parts, String source, String digest) {
        Optional<SetAsideReason> kind = MailKind.of(parts.header(), parts.lines(), parts.types());
        if (kind.isPresent()) {
            return new MailReading.NotRead(kind.get());
        }
        MailReading notice = notices.read(parts, source, digest);
        return notice instanceof MailReading.Report ? notice : orElse(forwarded(parts, source, digest), notice);
    }

    private static MailReading orElse(MailReading reading, MailReading otherwise) {
        return reading instanceof MailReading.Report ? reading : otherwise;
    }

    /** A report that somebody forwards as an attachment. */
    private MailReading forwarded(MailParts parts, String source, String digest) {
        boolean report = parts.returnedHeader()
                .filter(header -> header.first("From")
                                .filter(from -> MAIL_SYSTEM.matcher(from).find())
                                .isPresent()
                        || header.first("Content-Type")
                                .filter(type -> type.toLowerCase(Locale.ROOT).contains("multipart/report"))
                                .isPresent())
                .isPresent();
        if (!report || parts.embedded().isEmpty()) {
            return new MailReading.NotRead(SetAsideReason.NO_REPORT);
        }
        try {
            MailParts inner = MailParts.of(parts.embedded().get());
            return inner.deliveryReports().isEmpty()
                    ? notices.read(inner, source, digest)
                    : read(inner, source, digest);
        } catch (MimeException e) {
            return new MailReading.NotRead(SetAsideReason.NO_REPORT);
        }
    }

    private static Optional<FeedbackReport> feedback(MailParts parts) {
        if (!parts.feedbackReports().isEmpty()) {
            return Optional.of(FeedbackReport.of(parts.feedbackReports().get(0), parts.returnedHeader()));
        }
        return parts.deliveryReports().isEmpty()
                ? FeedbackReport.without(parts.header(), parts.lines(), parts.returnedHeader())
                : Optional.empty();
    }

    private static boolean isBlank(byte[] mail) {
        for (byte b : mail) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean startsAsMbox(byte[] mail) {
        byte[] line = MBOX_LINE.getBytes(StandardCharsets.US_ASCII);
        return mail.length > line.length && Arrays.equals(mail, 0, line.length, line, 0, line.length);
    }

    private static byte[] withoutFirstLine(byte[] mail) {
        int end = 0;
        while (end < mail.length && mail[end] != '\n') {
            end++;
        }
        return Arrays.copyOfRange(mail, Math.min(end + 1, mail.length), mail.length);
    }
}
