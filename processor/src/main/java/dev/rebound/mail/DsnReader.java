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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;

/**
 * Reads delivery status notifications (RFC 3464, and RFC 6533 for addresses beyond ASCII): an event for each recipient that
 * the report names. Takes any bytes: a mail that is no such report gives a reason, never an exception.
 */
public final class DsnReader {

    /** Larger mails are set aside unread. */
    public static final int MAX_MAIL_BYTES = 50 * 1024 * 1024;

    private static final String INGEST_SOURCE = "dsn";

    /** How a line begins that mbox files have before each mail, and that stays when a mail is cut out of one. */
    private static final String MBOX_LINE = "From ";

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]\\d)");
    private static final Pattern ACTION = Pattern.compile("^[A-Za-z][A-Za-z-]{0,40}");

    private static final Pattern MAIL_SYSTEM = Pattern.compile("(?i)mailer-daemon|postmaster|mail delivery");

    private final String tenant;
    private final Correlation correlation;
    private final Clock clock;

    /**
     * @param tenant whose mail the reports are about
     * @param correlation how far the reports are to be believed: {@code ASSERTED} when the operator vouches for where they
     *     come from, {@code NONE} when anybody could have written them
     * @param clock gives the time of receipt, and the event time of a report that has no date at all
     * @throws IllegalArgumentException when the tenant's name cannot be used
     */
    public DsnReader(String tenant, Correlation correlation, Clock clock) {
        if (!Tenants.isValid(tenant)) {
            throw new IllegalArgumentException("tenant: \"" + tenant + "\" (expected: " + Tenants.EXPECTED + ")");
        }
        this.tenant = tenant;
        this.correlation = correlation;
        this.clock = clock;
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
        if (parts.has("message/feedback-report")) {
            return new MailReading.NotRead(SetAsideReason.COMPLAINT);
        }
        if (parts.deliveryReports().isEmpty()) {
            return new MailReading.NotRead(reasonWithoutReport(parts));
        }
        List<DeliveryReport> reports =
                parts.deliveryReports().stream().map(DeliveryReport::parse).toList();
        int blocks =
                reports.stream().mapToInt(report -> report.recipients().size()).sum();
        if (blocks == 0) {
            return new MailReading.NotRead(SetAsideReason.NO_RECIPIENT_BLOCK);
        }
        AboutAll aboutAll = AboutAll.of(parts);
        Optional<String> onlyRecipient = blocks == 1
                ? parts.returnedHeader().map(ReturnedMessage::new).flatMap(ReturnedMessage::onlyRecipient)
                : Optional.empty();
        List<DeliveryEvent> events = new ArrayList<>();
        List<MailReading.RefusedBlock> refused = new ArrayList<>();
        int number = 0;
        for (DeliveryReport report : reports) {
            for (HeaderFields block : report.recipients()) {
                number++;
                Optional<String> recipient = recipient(block).or(() -> onlyRecipient);
                Optional<Outcome> outcome =
                        Outcomes.of(action(block).orElse(null), status(block).orElse(null));
                if (recipient.isEmpty()) {
                    refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_ADDRESS));
                } else if (outcome.isEmpty()) {
                    refused.add(new MailReading.RefusedBlock(number, SetAsideReason.NO_VERDICT));
                } else {
                    events.add(event(aboutAll, report.message(), block)
                            .setRecipient(recipient.get())
                            .setOutcome(outcome.get())
                            .setEventId(Digests.id(digest + "#" + number))
                            .setSourceRef(source + "#" + number)
                            .build());
                }
            }
        }
        return events.isEmpty()
                ? new MailReading.NotRead(refused.get(0).reason(), refused)
                : new MailReading.Report(events, refused);
    }

    private DeliveryEvent.Builder event(AboutAll aboutAll, HeaderFields message, HeaderFields block) {
        Optional<String> remoteMta = block.first("Remote-MTA");
        ReportedHost remote = remoteMta.map(ReportedHost::parse).orElse(ReportedHost.UNKNOWN);
        Diagnostic diagnostic =
                block.first("Diagnostic-Code").map(Diagnostic::parse).orElse(Diagnostic.NONE);
        Optional<ReplyText> reply = diagnostic.text().map(ReplyText::cut);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return DeliveryEvent.newBuilder()
                .setEventTime(date(block, "Last-Attempt-Date")
                        .or(aboutAll::reportTime)
                        .orElse(now))
                .setReceivedAt(now)
                .setQueuedAt(date(message, "Arrival-Date").orElse(null))
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
                .setStatus(status(block).orElse(null))
                .setAction(action(block).orElse(null))
                .setDiagnosticType(diagnostic.type().orElse(null))
                .setRemoteHost(remote.name().orElse(null))
                .setRemoteAddress(remote.address().orElse(null))
                .setReportingMta(message.first("Reporting-MTA")
                        .map(ReportedHost::parse)
                        .flatMap(host -> host.name().or(host::address))
                        .orElse(null))
                .setIngestSource(INGEST_SOURCE);
    }

    private static Optional<String> recipient(HeaderFields block) {
        return usable(block, "Original-Recipient").or(() -> usable(block, "Final-Recipient"));
    }

    private static Optional<String> usable(HeaderFields block, String name) {
        return block.first(name).flatMap(ReportedAddress::text).filter(ReportedAddress::isUsable);
    }

    private static Optional<String> action(HeaderFields block) {
        return block.first("Action").map(ACTION::matcher).filter(Matcher::find).map(action -> action.group()
                .toLowerCase(Locale.ROOT));
    }

    private static Optional<String> status(HeaderFields block) {
        return block.first("Status").map(STATUS::matcher).filter(Matcher::find).map(Matcher::group);
    }

    private static Optional<Instant> date(HeaderFields fields, String name) {
        return fields.first(name).flatMap(MailDate::parse);
    }

    private static SetAsideReason reasonWithoutReport(MailParts parts) {
        if (parts.has("message/disposition-notification")) {
            return SetAsideReason.DISPOSITION_NOTIFICATION;
        }
        return isAutomaticReply(parts.header()) ? SetAsideReason.AUTOMATIC_REPLY : SetAsideReason.NO_REPORT;
    }

    /**
     * RFC 3834 section 5, and the fields that were used before it. A bounce in free text calls itself auto-replied too, but
     * comes from the mail system.
     */
    private static boolean isAutomaticReply(HeaderFields header) {
        if (header.has("X-Failed-Recipients")
                || header.first("From")
                        .filter(from -> MAIL_SYSTEM.matcher(from).find())
                        .isPresent()) {
            return false;
        }
        return header.has("X-Autoreply")
                || header.has("X-Autorespond")
                || header.first("Precedence")
                        .filter("auto_reply"::equalsIgnoreCase)
                        .isPresent()
                || header.first("Auto-Submitted")
                        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("auto-replied"))
                        .isPresent();
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

        static AboutAll of(MailParts parts) {
            Optional<ReturnedMessage> returned = parts.returnedHeader().map(ReturnedMessage::new);
            return new AboutAll(
                    reportTime(parts.header()),
                    returned.flatMap(ReturnedMessage::messageId),
                    returned.flatMap(ReturnedMessage::sender),
                    returned.flatMap(ReturnedMessage::fromDomain));
        }

        /** When the report was written; else when a server on its way took it. */
        private static Optional<Instant> reportTime(HeaderFields mail) {
            return date(mail, "Date").or(() -> mail.first("Received")
                    .flatMap(trace -> MailDate.parse(trace.substring(trace.lastIndexOf(';') + 1))));
        }
    }
}
