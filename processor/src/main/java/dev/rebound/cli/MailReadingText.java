package dev.rebound.cli;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.mail.MailReading;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What was made of a mail, in words: by which reader, by what it knew, and what became of each recipient. */
final class MailReadingText {

    private static final int MOST_SHOWN = 400;

    private MailReadingText() {}

    /** @param source where the mail is */
    static void print(String source, MailReading reading, PrintWriter out) {
        out.println(source);
        if (reading instanceof MailReading.Report report) {
            line(out, "reader", report.reader());
            line(out, "known by", report.knownBy());
            report.events().forEach(event -> print(event, out));
            refused(report.refused(), out);
        } else if (reading instanceof MailReading.NotRead notRead) {
            line(out, "set aside", notRead.reason() + ": " + notRead.reason().sentence());
            refused(notRead.refused(), out);
        }
    }

    private static void print(DeliveryEvent event, PrintWriter out) {
        line(out, "recipient", event.getRecipient() + ", correlation " + event.getCorrelation());
        line(out, "  named as original", event.getOriginalRecipient());
        line(out, "  refused at", event.getFinalRecipient());
        line(out, "  outcome", event.getOutcome() + ", " + event.getEventTime());
        line(out, "  status", event.getStatus());
        line(out, "  reply", event.getReply());
        line(
                out,
                "  said by",
                event.getReply() == null
                        ? null
                        : event.getReplySource() + (event.getRemoteHost() == null ? "" : ", " + event.getRemoteHost()));
        line(out, "  command", event.getSmtpCommand());
        line(out, "  message", event.getMessageId());
        line(out, "  sender", event.getSender());
        Classification found = Classifier.classify(event, ShippedCodes.table());
        String type = found.getBounceType() == BounceType.NONE
                ? "no bounce"
                : found.getBounceType().name().toLowerCase(Locale.ROOT) + " bounce";
        line(
                out,
                "  classified as",
                found.getCategory() + ", " + type + (found.getRecipientGone() ? ", recipient gone" : "")
                        + ", confidence " + found.getConfidence() + ", by " + ClassificationText.decidedBy(found));
    }

    private static void refused(List<MailReading.RefusedBlock> blocks, PrintWriter out) {
        for (MailReading.RefusedBlock block : blocks) {
            line(
                    out,
                    "no event",
                    "recipient " + block.block() + ": " + block.reason().sentence());
        }
    }

    /** Nothing for a value that is missing; one that has several lines on one. */
    private static void line(PrintWriter out, String name, String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        String all = value.strip().replaceAll("\\s+", " ");
        String shown = all.length() <= MOST_SHOWN ? all : all.substring(0, MOST_SHOWN) + " …";
        out.printf("  %-19s %s%n", name, shown);
    }
}
