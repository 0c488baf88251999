package dev.rebound.mail;

import dev.rebound.event.Digests;
import dev.rebound.event.ReplyText;
import dev.rebound.event.Tenants;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;

/**
 * Reads delivery status notifications (RFC 3464, and RFC 6533 for addresses beyond ASCII) and complaints (RFC 5965): an event for
 * each recipient that the report names. Takes any bytes: a mail that is no such report gives a reason, never an exception.
 */
public final class DsnReader {

    /** Larger mails are set aside unread. */
    public static final int MAX_MAIL_BYTES = 50 * 1024 * 1024;

    private static final String INGEST_SOURCE = "dsn";

    /** The mbox format separates mails by lines such as {@code From a@b.example Thu Jan  1 00:00:00 2026}. */
    private static final String MBOX_LINE = "From ";

    private static final Pattern MBOX_SEPARATOR =
            Pattern.compile("\\n\\r?\\nFrom \\S{1,500} [^\\r\\n]{0,100}\\d\\d:\\d\\d");

    private static final Pattern MAIL_SYSTEM = Pattern.compile("(?i)mailer-daemon|postmaster|mail delivery");

    private final String tenant;
    private final Correlation correlation;
    private final Clock clock;
    private final Optional<Verp> verp;
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
        this.tenant = tenant;
        this.correlation = correlation;
        this.clock = clock;
        this.verp = verp;
        this.complaints = new ComplaintReader(tenant, correlation, clock, verp);
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
        boolean mbox = startsAsMbox(mail);
        if (mbox
                && MBOX_SEPARATOR
                        .matcher(new String(mail, StandardCharsets.ISO_8859_1))
                        .find()) {
            return new MailReading.NotRead(SetAsideReason.MAILBOX_FILE);
        }
        try {
            MailParts parts = MailParts.of(mbox ? withoutFirstLine(mail) : mail);
            return read(parts, source, Digests.hex(mail));
        } catch (MimeException | RuntimeException e) {
            // The parsers are not ours and the bytes are anybody's.
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
        List<DeliveryReport> reports =
                parts.deliveryReports().stream().map(DeliveryReport::parse).toList();
        int blocks =
                reports.stream().mapToInt(report -> report.recipients().size()).sum();
        if (blocks == 0) {
            MailReading notice = notice(parts, source, digest);
            return notice instanceof MailReading.Report
                    ? notice
                    : new MailReading.NotRead(SetAsideReason.NO_RECIPIENT_BLOCK);
        }
        AboutAll aboutAll = AboutAll.of(parts.header(), parts.returnedHeader());
        Optional<Verp.Valid> signed = signed(parts.header());
        Optional<String> mailed = blocks == 1
                ? signed.map(Verp.Valid::recipient).or(() -> returnedTo(parts.header(), parts.returnedHeader()))
                : Optional.empty();
        List<DeliveryEvent> events = new ArrayList<>();
        List<MailReading.RefusedBlock> refused = new ArrayList<>();
        int number = 0;
        for (DeliveryReport report : reports) {
            for (HeaderFields block : report.recipients()) {
                number++;
                Optional<String> recipient = mailed.filter(one -> signed.isPresent())
                        .or(() -> DsnFields.usable(block, "Original-Recipient"))
                        .or(() -> mailed)
                        .or(() -> DsnFields.usable(block, "Final-Recipient"));
                Optional<Outcome> outcome = Outcomes.of(
                        DsnFields.action(block).orElse(null),
                        DsnFields.status(block).orElse(null));
                if (recipient.isEmpty()) {
                    refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_ADDRESS));
                } else if (outcome.isEmpty()) {
                    refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_VERDICT));
                } else {
                    DeliveryEvent.Builder event = event(aboutAll, report.message(), block);
                    signed.filter(one -> one.isAbout(recipient.get())).ifPresent(one -> one.verify(event));
                    events.add(event.setRecipient(recipient.get())
                            .setOutcome(outcome.get())
                            .setEventId(Digests.id(digest + "#" + number))
                            .setSourceRef(source + "#" + number)
                            .build());
                }
            }
        }
        return events.isEmpty()
                ? new MailReading.NotRead(refused.get(0).reason(), refused)
                : new MailReading.Report(INGEST_SOURCE, events, refused);
    }

    private MailReading withoutReport(MailParts parts, String source, String digest) {
        Optional<SetAsideReason> kind = MailKind.of(parts.header(), parts.lines(), parts.types());
        if (kind.isPresent()) {
            return new MailReading.NotRead(kind.get());
        }
        MailReading notice = notice(parts, source, digest);
        if (notice instanceof MailReading.Report) {
            return notice;
        }
        MailReading forwarded = forwarded(parts, source, digest);
        return forwarded instanceof MailReading.Report ? forwarded : notice;
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
            return inner.deliveryReports().isEmpty() ? notice(inner, source, digest) : read(inner, source, digest);
        } catch (MimeException e) {
            return new MailReading.NotRead(SetAsideReason.NO_REPORT);
        }
    }

    /** What the first reader that takes the mail for its own makes of it. */
    private MailReading notice(MailParts parts, String source, String digest) {
        NoticeText text = NoticeText.of(parts.text());
        Notice notice =
                new Notice(parts.header(), text.lines(), parts.returnedHeader().or(text::returned));
        for (NoticeReader reader : NoticeReaders.inOrder()) {
            List<Told> told = reader.read(notice);
            if (!told.isEmpty()) {
                return reading(reader, told, notice, source, digest);
            }
        }
        return new MailReading.NotRead(SetAsideReason.NO_REPORT);
    }

    private MailReading reading(NoticeReader reader, List<Told> told, Notice notice, String source, String digest) {
        AboutAll aboutAll = AboutAll.of(notice.header(), notice.returned());
        Optional<Verp.Valid> signed = signed(notice.header()).filter(one -> told.size() == 1);
        Optional<String> returnedTo =
                told.size() == 1 ? returnedTo(notice.header(), notice.returned()) : Optional.empty();
        List<DeliveryEvent> events = new ArrayList<>();
        List<MailReading.RefusedBlock> refused = new ArrayList<>();
        int number = 0;
        for (Told one : told) {
            number++;
            Optional<String> refusing =
                    Optional.ofNullable(one.finalRecipient()).or(() -> Optional.ofNullable(one.recipient()));
            Optional<String> recipient = signed.map(Verp.Valid::recipient)
                    .or(() -> one.finalRecipient() == null ? returnedTo : Optional.empty())
                    .or(() -> Optional.ofNullable(one.recipient()));
            if (recipient.isEmpty()) {
                refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_ADDRESS));
            } else if (one.outcome() == Outcome.UNKNOWN) {
                refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_VERDICT));
            } else {
                DeliveryEvent.Builder event = event(aboutAll, one);
                signed.ifPresent(valid -> valid.verify(event));
                events.add(event.setRecipient(recipient.get())
                        .setFinalRecipient(refusing.orElse(null))
                        .setEventId(Digests.id(digest + "#" + number))
                        .setSourceRef(source + "#" + number + " (free text, " + reader.name() + ")")
                        .build());
            }
        }
        return events.isEmpty()
                ? new MailReading.NotRead(refused.get(0).reason(), refused)
                : new MailReading.Report(reader.name(), events, refused);
    }

    /**
     * The one recipient in the header of the message that came back: after a forwarding it is not the one that refused. Not an address
     * of the sender's own domain, which is a list that the message went out through.
     */
    private static Optional<String> returnedTo(HeaderFields mail, Optional<HeaderFields> returnedHeader) {
        Optional<ReturnedMessage> returned = returnedHeader.map(ReturnedMessage::new);
        return returned.flatMap(ReturnedMessage::onlyRecipient).filter(recipient -> {
            String domain = recipient.substring(recipient.lastIndexOf('@') + 1);
            return !domain.equalsIgnoreCase(
                            returned.flatMap(ReturnedMessage::fromDomain).orElse(""))
                    && mail.first("To").stream()
                            .flatMap(to -> MailAddresses.all(to).stream())
                            .noneMatch(own ->
                                    own.regionMatches(true, own.lastIndexOf('@') + 1, domain, 0, domain.length()));
        });
    }

    private DeliveryEvent.Builder event(AboutAll aboutAll, Told told) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<ReplyText> reply = Optional.ofNullable(told.reply()).map(ReplyText::cut);
        return DeliveryEvent.newBuilder()
                .setEventTime(aboutAll.reportTime().orElse(now))
                .setReceivedAt(now)
                .setTenant(tenant)
                .setMessageId(aboutAll.messageId().orElse(null))
                .setSender(aboutAll.sender().orElse(null))
                .setFromDomain(aboutAll.fromDomain().orElse(null))
                .setCorrelation(correlation)
                .setOutcome(told.outcome())
                .setReply(reply.map(ReplyText::text).orElse(null))
                .setReplyTruncated(reply.map(ReplyText::truncated).orElse(false))
                .setReplySource(told.replySource())
                .setStatus(told.status())
                .setSmtpCommand(told.smtpCommand())
                .setRemoteHost(told.remoteHost())
                .setIngestSource(INGEST_SOURCE);
    }

    private DeliveryEvent.Builder event(AboutAll aboutAll, HeaderFields message, HeaderFields block) {
        Optional<String> remoteMta = block.first("Remote-MTA");
        ReportedHost remote = remoteMta.map(ReportedHost::parse).orElse(ReportedHost.UNKNOWN);
        Diagnostic diagnostic =
                block.first("Diagnostic-Code").map(Diagnostic::parse).orElse(Diagnostic.NONE);
        Optional<ReplyText> reply = diagnostic.text().map(ReplyText::cut);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return DeliveryEvent.newBuilder()
                .setEventTime(DsnFields.date(block, "Last-Attempt-Date")
                        .or(aboutAll::reportTime)
                        .orElse(now))
                .setReceivedAt(now)
                .setQueuedAt(DsnFields.date(message, "Arrival-Date").orElse(null))
                .setTenant(tenant)
                .setMessageId(aboutAll.messageId()
                        .or(() -> message.first("X-Original-Message-ID").flatMap(ReturnedMessage::messageId))
                        .orElse(null))
                .setOriginalRecipient(block.first("Original-Recipient")
                        .flatMap(ReportedAddress::text)
                        .orElse(null))
                .setFinalRecipient(block.first("Final-Recipient")
                        .flatMap(ReportedAddress::text)
                        .orElse(null))
                .setSender(aboutAll.sender()
                        .or(() -> message.first("X-Postfix-Sender")
                                .flatMap(ReportedAddress::text)
                                .filter(ReportedAddress::isUsable))
                        .orElse(null))
                .setFromDomain(aboutAll.fromDomain().orElse(null))
                .setCorrelation(correlation)
                .setReply(reply.map(ReplyText::text).orElse(null))
                .setReplyTruncated(reply.map(ReplyText::truncated).orElse(false))
                .setReplySource(diagnostic.source(remoteMta.isPresent()))
                .setStatus(DsnFields.status(block).orElse(null))
                .setAction(DsnFields.action(block).orElse(null))
                .setDiagnosticType(diagnostic.type().orElse(null))
                .setRemoteHost(remote.name().orElse(null))
                .setRemoteAddress(remote.address().orElse(null))
                .setReportingMta(message.first("Reporting-MTA")
                        .map(ReportedHost::parse)
                        .flatMap(host -> host.name().or(host::address))
                        .orElse(null))
                .setIngestSource(INGEST_SOURCE);
    }

    private Optional<Verp.Valid> signed(HeaderFields header) {
        return verp.flatMap(one -> one.deliveredTo(header, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .filter(Verp.Valid.class::isInstance)
                .map(Verp.Valid.class::cast);
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

    /** What all recipients of a report share, found once: a hostile report has as many recipients as fit. */
    private record AboutAll(
            Optional<Instant> reportTime,
            Optional<String> messageId,
            Optional<String> sender,
            Optional<String> fromDomain) {

        static AboutAll of(HeaderFields mail, Optional<HeaderFields> returnedHeader) {
            Optional<ReturnedMessage> returned = returnedHeader.map(ReturnedMessage::new);
            return new AboutAll(
                    reportTime(mail),
                    returned.flatMap(ReturnedMessage::messageId),
                    returned.flatMap(ReturnedMessage::sender),
                    returned.flatMap(ReturnedMessage::fromDomain));
        }

        /** When the report was written; else when a server on its way took it. */
        private static Optional<Instant> reportTime(HeaderFields mail) {
            return DsnFields.date(mail, "Date").or(() -> mail.first("Received")
                    .flatMap(trace -> MailDate.parse(trace.substring(trace.lastIndexOf(';') + 1))));
        }
    }
}
