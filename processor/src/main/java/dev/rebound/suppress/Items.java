package dev.rebound.suppress;

import dev.rebound.event.Digests;
import dev.rebound.logging.AddressMask;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What classified events say of their recipient's address. */
public final class Items {

    /** Longest part of a reply that is kept, in characters. */
    static final int REPLY_LENGTH = 200;

    /** Longest part of a reply that is looked at for it: masking must not read 64 KiB. */
    private static final int REPLY_READ = 1_000;

    /** Longest id of an event that is kept as it is, in characters. */
    private static final int MAX_ID = 128;

    /**
     * Where an event was read.
     *
     * @param topic topic
     * @param partition partition
     * @param offset offset
     * @param arrival when it had reached the topic, in milliseconds since 1970; {@code Long.MAX_VALUE} when nobody knows
     */
    public record Source(String topic, int partition, long offset, long arrival) {}

    /** What events say brought them in that were read from mails. */
    private static final Set<String> MAILS = Set.of("dsn", "arf", "free-text");

    private Items() {}

    /**
     * What an event says; empty when it says nothing: a deferral is not final, and what was not attempted, or failed on the sender's
     * side, is no evidence.
     *
     * @param source where the event was read
     */
    public static Optional<Item> of(DeliveryEvent event, Classification classification, Source source) {
        return switch (event.getOutcome()) {
            case DELIVERED -> Optional.of(new Acceptance(id(event), time(event, source.arrival()), message(event)));
            case BOUNCED, EXPIRED ->
                Evidence.isPossible(classification.getCategory())
                        ? Optional.of(evidence(event, classification, source))
                        : contradiction(event, source);
            case COMPLAINED ->
                Evidence.isPossible(classification.getCategory())
                        ? Optional.of(evidence(event, classification, source))
                        : Optional.empty();
            case DEFERRED, SUPPRESSED, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Item> contradiction(DeliveryEvent event, Source source) {
        return Boolean.TRUE.equals(event.getAsynchronous())
                ? Optional.of(new Contradiction(id(event), time(event, source.arrival()), message(event)))
                : Optional.empty();
    }

    private static Evidence evidence(DeliveryEvent event, Classification classification, Source source) {
        Integer statusClass = classification.getStatusClass();
        return new Evidence(
                id(event),
                time(event, source.arrival()),
                event.getOutcome(),
                classification.getBounceType(),
                classification.getCategory(),
                classification.getRecipientGone(),
                statusClass == null ? 0 : statusClass,
                classification.getEnhancedCode() == null
                        ? classification.getBasicCode()
                        : classification.getEnhancedCode(),
                classification.getProvider(),
                isReport(event) && event.getCorrelation() == Correlation.NONE,
                Boolean.TRUE.equals(event.getAsynchronous()),
                message(event),
                stream(event),
                excerpt(event.getReply()),
                source.topic(),
                source.partition(),
                source.offset());
    }

    /**
     * A mail told of it, not the server that tried: delivery reports have an action and a reporting MTA (RFC 3464 sections 2.2.2,
     * 2.3.3), of complaints only some name one (RFC 5965 section 3.2).
     */
    private static boolean isReport(DeliveryEvent event) {
        return event.getAction() != null
                || event.getReportingMta() != null
                || Boolean.TRUE.equals(event.getAsynchronous())
                || event.getIngestSource() != null && MAILS.contains(event.getIngestSource());
    }

    /**
     * When an event happened, as far as that can be: a clock that is ahead must not date a failure to after the moment at which it was
     * known.
     *
     * @param arrival when it was read from the topic at the latest, for an event that does not say when it was received
     * @return milliseconds since 1970
     */
    public static long time(DeliveryEvent event, long arrival) {
        long known =
                event.getReceivedAt() == null ? arrival : event.getReceivedAt().toEpochMilli();
        return Math.min(known, event.getEventTime().toEpochMilli());
    }

    /** The event's id, or the digest of one that is too long to be kept many times. */
    private static String id(DeliveryEvent event) {
        String id = event.getEventId();
        return id.length() <= MAX_ID ? id : Digests.hex(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The kind of mail that has a list of its own; null when an event names none, or by a name that is too long for a list's. */
    public static String stream(DeliveryEvent event) {
        String stream = event.getStream();
        return stream == null || stream.isEmpty() || stream.length() > SuppressionList.MAX_STREAM ? null : stream;
    }

    /** A number that stands for an event's Message-ID: the first 64 bits of FNV-1a, never 0; 0 when the event has none. */
    private static long message(DeliveryEvent event) {
        String id = event.getMessageId();
        if (id == null || id.isEmpty()) {
            return 0;
        }
        return Digests.fnv(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String excerpt(String reply) {
        if (reply == null) {
            return null;
        }
        String masked = oneLine(AddressMask.mask(beginning(reply)));
        if (masked.length() > REPLY_LENGTH) {
            int end = REPLY_LENGTH - 1;
            return masked.substring(0, Character.isHighSurrogate(masked.charAt(end - 1)) ? end - 1 : end) + "…";
        }
        return masked.isEmpty() ? null : masked;
    }

    /** White space of ASCII, however much of it, as one blank; none of any kind around the text. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && (c < '\t' || c > '\r')) {
                line.append(c);
            } else if (line.length() == 0 || line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().strip();
    }

    /** Ends between words, because half an address is not seen to be one. */
    private static String beginning(String reply) {
        if (reply.length() <= REPLY_READ) {
            return reply;
        }
        int end = REPLY_READ;
        while (end > REPLY_LENGTH && !Character.isWhitespace(reply.charAt(end))) {
            end--;
        }
        return reply.substring(0, end);
    }
}
