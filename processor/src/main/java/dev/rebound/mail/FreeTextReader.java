package dev.rebound.mail;

import dev.rebound.classify.Classifier;
import dev.rebound.event.Digests;
import dev.rebound.event.ReplyText;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes events of notices in free text: of what the first reader tells that takes the notice for its own. Their source reference names
 * that reader.
 */
final class FreeTextReader {

    private final MailContext context;
    private final List<NoticeReader> readers = NoticeReaders.inOrder();

    FreeTextReader(MailContext context) {
        this.context = context;
    }

    /**
     * Reads a notice.
     *
     * @param source where the mail came from
     * @param digest digest of the mail's bytes, in hexadecimal
     */
    MailReading read(MailParts parts, String source, String digest) {
        NoticeText text = NoticeText.of(parts.text());
        Notice notice =
                new Notice(parts.header(), text.lines(), parts.returnedHeader().or(text::returned));
        for (NoticeReader reader : readers) {
            Optional<String> knownBy = reader.mine(notice);
            List<Told> told = knownBy.isEmpty() ? List.of() : reader.told(notice);
            if (!told.isEmpty()) {
                return reading(reader, knownBy.get(), told, notice, source, digest);
            }
        }
        return new MailReading.NotRead(SetAsideReason.NO_REPORT);
    }

    private MailReading reading(
            NoticeReader reader, String knownBy, List<Told> told, Notice notice, String source, String digest) {
        AboutAll aboutAll = AboutAll.of(notice.header(), notice.returned());
        Optional<Verp.Valid> signed = context.signed(notice.header()).filter(one -> told.size() == 1);
        Optional<String> returnedTo = told.size() == 1 ? aboutAll.mailedTo() : Optional.empty();
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
                : new MailReading.Report(reader.name(), knownBy, events, refused);
    }

    private DeliveryEvent.Builder event(AboutAll aboutAll, Told told) {
        Optional<ReplyText> reply = Optional.ofNullable(told.reply()).map(ReplyText::cut);
        return context.event(aboutAll)
                .setOutcome(told.outcome())
                .setReply(reply.map(ReplyText::text).orElse(null))
                .setReplyTruncated(reply.map(ReplyText::truncated).orElse(false))
                .setReplySource(told.replySource())
                .setStatus(told.status())
                .setSmtpCommand(told.smtpCommand())
                .setRemoteHost(told.remoteHost())
                .setIngestSource(Classifier.FREE_TEXT);
    }
}
