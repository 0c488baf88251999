package dev.rebound.mail;

import dev.rebound.event.Digests;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes events of reports of feedback (RFC 5965): outcome {@code COMPLAINED} for types abuse and fraud, with which a person calls
 * the message spam or worse. The other types are no complaints, and are set aside by type. One of them, not-spam (RFC 6430),
 * takes a complaint back; an event is a fact that nothing takes back, and no outcome says that a recipient wants the mail, so
 * it is set aside under a reason of its own.
 */
final class ComplaintReader {

    private static final String INGEST_SOURCE = "arf";

    /** What stands for a local part that was taken out (RFC 6590 leaves open how): a word for it, a digest, or only marks. */
    private static final Pattern REDACTED = Pattern.compile(
            "(?i)\"?(?:[\\[<({]?(?:redacted|removed|hidden|undisclosed|masked"
                    + "|anonymi[sz]ed|obfuscated|suppressed|withheld)(?:[-_.]?(?:address|e?mail|recipient|user))?[\\])}>]?"
                    + "|x{3,64}|[*#?._-]{1,64}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[a-z0-9+/_-]{20,100}={1,2})\"?@.*");

    private static final String KNOWN_BY = "a part of type message/feedback-report, or what stands for one";

    private final MailContext context;

    ComplaintReader(MailContext context) {
        this.context = context;
    }

    /**
     * Reads a report.
     *
     * @param report what it says
     * @param mail header of the mail that it came in
     * @param source where the mail came from
     * @param digest digest of the mail's bytes, in hexadecimal
     */
    MailReading read(FeedbackReport report, HeaderFields mail, String source, String digest) {
        Optional<SetAsideReason> noComplaint = noComplaint(report.type().orElse(""));
        if (noComplaint.isPresent()) {
            return new MailReading.NotRead(noComplaint.get());
        }
        Optional<ReturnedMessage> returned = report.returned().map(ReturnedMessage::new);
        Optional<Verp.Valid> signed = signed(report);
        List<String> named = report.recipients().stream()
                .filter(address -> !isRedacted(address))
                .toList();
        List<String> recipients = named.size() > 1
                ? named
                : signed.map(Verp.Valid::recipient)
                        .or(() -> named.stream().findFirst())
                        .or(() -> returned.flatMap(ReturnedMessage::onlyRecipient)
                                .filter(address -> !isRedacted(address)))
                        .map(List::of)
                        .orElse(List.of());
        if (recipients.isEmpty()) {
            return new MailReading.NotRead(SetAsideReason.NO_COMPLAINT_RECIPIENT);
        }
        List<DeliveryEvent> events = new ArrayList<>();
        for (String recipient : recipients) {
            int number = events.size() + 1;
            DeliveryEvent.Builder event = event(report, returned, mail);
            signed.filter(one -> one.isAbout(recipient)).ifPresent(one -> one.verify(event));
            events.add(event.setRecipient(recipient)
                    .setOriginalRecipient(
                            named.size() > 1
                                    ? recipient
                                    : named.stream().findFirst().orElse(null))
                    .setEventId(Digests.id(digest + "#" + number))
                    .setSourceRef(source + "#" + number)
                    .build());
        }
        return new MailReading.Report(INGEST_SOURCE, KNOWN_BY, events, List.of());
    }

    /** Why a report of this type is no complaint; empty when it is one. */
    private static Optional<SetAsideReason> noComplaint(String type) {
        return switch (type) {
            case "abuse", "fraud" -> Optional.empty();
            case "not-spam" -> Optional.of(SetAsideReason.NOT_SPAM);
            case "auth-failure", "dmarc" -> Optional.of(SetAsideReason.AUTHENTICATION_REPORT);
            case "virus" -> Optional.of(SetAsideReason.VIRUS_REPORT);
            case "opt-out", "opt-out-list" -> Optional.of(SetAsideReason.OPT_OUT_REPORT);
            default -> Optional.of(SetAsideReason.OTHER_FEEDBACK);
        };
    }

    private static boolean isRedacted(String address) {
        return REDACTED.matcher(address).matches();
    }

    private Optional<Verp.Valid> signed(FeedbackReport report) {
        LocalDate today = context.today();
        return context.verp()
                .flatMap(one -> one.in(report.fields(), "original-mail-from"::equals, today)
                        .filter(Verp.Valid.class::isInstance)
                        .or(() -> report.returned()
                                .flatMap(header -> one.in(
                                        header, name -> name.equals("return-path") || name.startsWith("x-"), today))))
                .filter(Verp.Valid.class::isInstance)
                .map(Verp.Valid.class::cast);
    }

    private DeliveryEvent.Builder event(FeedbackReport report, Optional<ReturnedMessage> returned, HeaderFields mail) {
        Instant now = context.now();
        HeaderFields fields = report.fields();
        return DeliveryEvent.newBuilder()
                .setEventTime(date(fields, "Arrival-Date")
                        .or(() -> date(fields, "Received-Date"))
                        .or(() -> date(mail, "Date"))
                        .orElse(now))
                .setReceivedAt(now)
                .setTenant(context.tenant())
                .setMessageId(returned.flatMap(ReturnedMessage::messageId).orElse(null))
                .setSender(fields.first("Original-Mail-From")
                        .flatMap(ComplaintReader::sender)
                        .or(() -> returned.flatMap(ReturnedMessage::sender))
                        .orElse(null))
                .setFromDomain(returned.flatMap(ReturnedMessage::fromDomain).orElse(null))
                .setOutcome(Outcome.COMPLAINED)
                .setCorrelation(context.correlation())
                .setSourceAddress(fields.first("Source-IP")
                        .map(ReportedHost::parse)
                        .flatMap(ReportedHost::address)
                        .orElse(null))
                .setReportingMta(fields.first("Reporting-MTA")
                        .map(ReportedHost::parse)
                        .flatMap(host -> host.name().or(host::address))
                        .orElse(null))
                .setFeedbackType(report.type().orElse(null))
                .setIngestSource(INGEST_SOURCE);
    }

    /** Empty text for the null reverse-path. */
    private static Optional<String> sender(String field) {
        return field.replace(" ", "").equals("<>")
                ? Optional.of("")
                : ReportedAddress.text(field).filter(ReportedAddress::isUsable);
    }

    private static Optional<Instant> date(HeaderFields fields, String name) {
        return fields.first(name).flatMap(text -> MailDate.parse(text).or(() -> isoDate(text)));
    }

    private static Optional<Instant> isoDate(String text) {
        try {
            return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
