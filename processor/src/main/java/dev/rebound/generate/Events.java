package dev.rebound.generate;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.time.Instant;

/** Writes down what happens to messages, in the order of arrival. */
final class Events {

    private static final String INGEST_SOURCE = "generate";

    private final String idPrefix;
    private final String sourcePrefix;
    private long number;

    Events(TrafficPlan plan) {
        long identity = Mix.of(
                Mix.of(plan.seed(), plan.start().toEpochMilli()),
                Mix.of(plan.scenario().ordinal(), plan.eventsPerSecond()));
        this.idPrefix = "g" + Long.toHexString(identity) + "-";
        this.sourcePrefix = INGEST_SOURCE + ":" + plan.scenario().text() + ":" + plan.seed() + ":";
    }

    /** How many were written. */
    long written() {
        return number;
    }

    /**
     * An attempt, or that there was none.
     *
     * @param reply what was answered; its command and source
     * @param text the answer filled in; null: none
     */
    DeliveryEvent attempt(
            Message message, int attempt, Outcome outcome, Reply reply, String text, long at, long arrival) {
        boolean tried = outcome != Outcome.SUPPRESSED;
        DeliveryEvent.Builder event = begin(message, outcome, at, arrival)
                .setCorrelation(Correlation.ASSERTED)
                .setReply(text)
                .setReplySource(reply.source())
                .setSmtpCommand(reply.command())
                .setStatus(reply.status());
        if (tried) {
            event.setAttempt(attempt)
                    .setAsynchronous(false)
                    .setSourceAddress(message.mailing().sourceAddress())
                    .setRemoteHost(message.receiver().host())
                    .setRemoteAddress(message.receiver().address());
        }
        return event.build();
    }

    /** A delivery report of the receiving system, which had taken the message. */
    DeliveryEvent report(Message message, Reply reply, String text, long at, long arrival) {
        String typed = text != null && text.startsWith("smtp; ") ? text.substring("smtp; ".length()) : text;
        return begin(message, Outcome.BOUNCED, at, arrival)
                .setCorrelation(Correlation.VERIFIED)
                .setAsynchronous(true)
                .setFinalRecipient(message.recipient())
                .setOriginalRecipient(message.recipient())
                .setReply(typed)
                .setReplySource(typed == null ? ReplySource.UNKNOWN : reply.source())
                .setDiagnosticType(typed == null ? null : typed.equals(text) ? "x-local" : "smtp")
                .setStatus(reply.status())
                .setAction("failed")
                .setReportingMta(message.receiver().host())
                .build();
    }

    /** A complaint of the recipient, by way of a feedback loop. */
    DeliveryEvent complaint(Message message, long at, long arrival) {
        return begin(message, Outcome.COMPLAINED, at, arrival)
                .setCorrelation(Correlation.VERIFIED)
                .setFeedbackType("abuse")
                .setReportingMta(message.receiver().host())
                .build();
    }

    private DeliveryEvent.Builder begin(Message message, Outcome outcome, long at, long arrival) {
        Mailing mailing = message.mailing();
        long count = number++;
        return DeliveryEvent.newBuilder()
                .setEventId(idPrefix + count)
                .setEventTime(Instant.ofEpochMilli(at))
                .setReceivedAt(Instant.ofEpochMilli(arrival))
                .setQueuedAt(Instant.ofEpochMilli(message.queuedAt()))
                .setTenant(mailing.tenant())
                .setStream(mailing.stream())
                .setCampaign(mailing.campaign())
                .setTags(mailing.tags())
                .setMessageId(idPrefix + "m" + message.number() + '@' + mailing.domain())
                .setRecipient(message.recipient())
                .setSender("bounces@" + mailing.domain())
                .setFromDomain(mailing.domain())
                .setOutcome(outcome)
                .setSizeBytes((long) message.sizeBytes())
                .setIngestSource(INGEST_SOURCE)
                .setSourceRef(sourcePrefix + count);
    }
}
