package dev.rebound.statistics;

import dev.rebound.logging.AddressMask;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.EnumSet;
import java.util.Set;

/**
 * What statistics take from one event.
 *
 * @param tenant whose mail
 * @param domain receiving domain in A-label form
 * @param provider who hosts it; null when not recognised
 * @param eventTime when the attempt ended, epoch milliseconds
 * @param outcome what became of it
 * @param bounceType whether it is a bounce
 * @param category why
 * @param code the code that counted of a deferral or bounce, the enhanced one before the basic one; else null
 * @param asynchronous the message bounced after it had been accepted
 * @param blocked a deferral or bounce that is about the sender, the content or the reputation
 * @param timeToDeliver milliseconds from the queue to the delivery; -1 when not delivered or not known
 * @param attempts number of attempts that a message took until it ended; -1 when it did not end or it is not known
 * @param recipient token that stands for the recipient, the same one for all tenants
 * @param reply beginning of the reply on one line, with addresses masked; null for a delivery and where there is none
 */
public record Fact(
        String tenant,
        String domain,
        String provider,
        long eventTime,
        Outcome outcome,
        BounceType bounceType,
        String category,
        String code,
        boolean asynchronous,
        boolean blocked,
        long timeToDeliver,
        long attempts,
        int recipient,
        String reply) {

    private static final Set<Scope> BLOCKING = EnumSet.of(Scope.SENDER, Scope.CONTENT, Scope.REPUTATION);
    private static final int MOST_READ = 1_000;
    private static final int LONGEST_TEMPLATE = 240;

    /** What counts of an event. @param recipient the normalised recipient, in bytes of any kind that are the same for the same one */
    public static Fact of(DeliveryEvent event, Classification classification, byte[] recipient) {
        return of(event, classification, recipient, 0);
    }

    /** As {@link #of(DeliveryEvent, Classification, byte[])}, where the recipient stands from here to the end of a key. */
    public static Fact of(DeliveryEvent event, Classification classification, byte[] key, int recipientAt) {
        Outcome outcome = event.getOutcome();
        boolean failed = outcome == Outcome.DEFERRED || outcome == Outcome.BOUNCED || outcome == Outcome.EXPIRED;
        boolean asynchronous = failed && outcome != Outcome.DEFERRED && Boolean.TRUE.equals(event.getAsynchronous());
        boolean ended = outcome == Outcome.DELIVERED || failed && outcome != Outcome.DEFERRED && !asynchronous;
        return new Fact(
                event.getTenant(),
                classification.getReceivingDomain(),
                classification.getProvider(),
                event.getEventTime().toEpochMilli(),
                outcome,
                classification.getBounceType(),
                classification.getCategory(),
                failed ? code(classification) : null,
                asynchronous,
                failed && BLOCKING.contains(classification.getScope()),
                outcome == Outcome.DELIVERED ? timeToDeliver(event) : -1,
                ended && event.getAttempt() != null && event.getAttempt() > 0 ? event.getAttempt() : -1,
                Distinct.token(key, recipientAt),
                failed ? beginning(event.getReply(), localPart(event.getRecipient())) : null);
    }

    /** Whether a server was asked to take the message: not when the sending side did not try. */
    boolean isAttempt() {
        return outcome != Outcome.SUPPRESSED;
    }

    private static String code(Classification classification) {
        return classification.getEnhancedCode() == null
                ? classification.getBasicCode()
                : classification.getEnhancedCode();
    }

    /** Clocks that differ, or are wrong, can make it negative or too much for any number, which says nothing. */
    private static long timeToDeliver(DeliveryEvent event) {
        if (event.getQueuedAt() == null || event.getQueuedAt().isAfter(event.getEventTime())) {
            return -1;
        }
        long took = event.getEventTime().toEpochMilli() - event.getQueuedAt().toEpochMilli();
        return Math.max(-1, took);
    }

    private static String beginning(String reply, String recipient) {
        if (reply == null || reply.isBlank()) {
            return null;
        }
        String masked = WordMask.mask(AddressMask.mask(wholeWords(reply)), recipient);
        StringBuilder line = new StringBuilder(masked.length());
        for (int i = 0; i < masked.length(); i++) {
            char c = masked.charAt(i);
            if (!isBlank(c)) {
                line.append(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        String text = ReplyTemplate.beginning(line.toString().strip(), LONGEST_TEMPLATE)
                .strip();
        return text.isEmpty() ? null : text;
    }

    private static boolean isBlank(char c) {
        boolean graphic = c > ' ' && c < 0x7f;
        return !graphic && (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
    }

    private static String localPart(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@')));
    }

    /** Half of an address could not be told as one, so that it would not be masked. */
    private static String wholeWords(String reply) {
        if (reply.length() <= MOST_READ) {
            return reply;
        }
        int end = MOST_READ;
        while (end > 0 && !Character.isWhitespace(reply.charAt(end))) {
            end--;
        }
        return reply.substring(0, end);
    }
}
