package dev.rebound.mail;

import dev.rebound.event.Digests;
import dev.rebound.event.ReplyText;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes events of machine-readable reports (RFC 3464, RFC 6533), one for each recipient. Who was mailed is told, in this order, by
 * the signed address that the report came to, Original-Recipient, the message that came back, and Final-Recipient.
 */
final class StatusReportReader {

    private static final String INGEST_SOURCE = "dsn";
    private static final String KNOWN_BY = "a part of type message/delivery-status";

    private final MailContext context;

    StatusReportReader(MailContext context) {
        this.context = context;
    }

    /**
     * Reads the reports of a mail.
     *
     * @param source where the mail came from
     * @param digest digest of the mail's bytes, in hexadecimal
     */
    MailReading read(MailParts parts, String source, String digest) {
        List<DeliveryReport> reports =
                parts.deliveryReports().stream().map(DeliveryReport::parse).toList();
        int blocks =
                reports.stream().mapToInt(report -> report.recipients().size()).sum();
        if (blocks == 0) {
            return new MailReading.NotRead(SetAsideReason.NO_RECIPIENT_BLOCK);
        }
        AboutAll aboutAll = AboutAll.of(parts.header(), parts.returnedHeader());
        Optional<Verp.Valid> signed = context.signed(parts.header());
        Optional<String> mailed =
                blocks == 1 ? signed.map(Verp.Valid::recipient).or(aboutAll::mailedTo) : Optional.empty();
        List<DeliveryEvent> events = new ArrayList<>();
        List<MailReading.RefusedBlock> refused = new ArrayList<>();
        int number = 0;
        for (DeliveryReport report : reports) {
            for (HeaderFields block : report.recipients()) {
                number++;
                Optional<String> recipient = mailed.filter(one -> signed.isPresent())
                        .or(() -> DsnFields.usable(block, "Original-Recipient"))
                        .or(() -> mailed)
                        .or(() -> DsnFields.refusing(block));
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
                : new MailReading.Report(INGEST_SOURCE, KNOWN_BY, events, refused);
    }

    private DeliveryEvent.Builder event(AboutAll aboutAll, HeaderFields message, HeaderFields block) {
        Optional<String> remoteMta = block.first("Remote-MTA");
        ReportedHost remote = remoteMta.map(ReportedHost::parse).orElse(ReportedHost.UNKNOWN);
        Diagnostic diagnostic =
                block.first("Diagnostic-Code").map(Diagnostic::parse).orElse(Diagnostic.NONE);
        Optional<ReplyText> reply = diagnostic.text().map(ReplyText::cut);
        DeliveryEvent.Builder event = context.event(aboutAll);
        DsnFields.date(block, "Last-Attempt-Date").ifPresent(event::setEventTime);
        return event.setQueuedAt(DsnFields.date(message, "Arrival-Date").orElse(null))
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
}
