package dev.rebound.statistics;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;

/** What is known beside counts of one subject in one window, or of several added up. Mutable. */
public final class Details {

    private static final byte VERSION = 1;
    private static final double MILLIS_PER_SECOND = 1_000;

    private Quantiles timeToDeliver = new Quantiles();
    private Quantiles attempts = new Quantiles();
    private Distinct recipients = new Distinct();
    private Replies replies = new Replies();

    /** Adds one event. */
    public void add(Fact fact) {
        if (fact.timeToDeliver() >= 0) {
            timeToDeliver.add(fact.timeToDeliver() / MILLIS_PER_SECOND);
        }
        if (fact.attempts() > 0) {
            attempts.add(fact.attempts());
        }
        if (fact.isAttempt()) {
            recipients.add(fact.recipient());
        }
        replies.add(fact);
    }

    /** Adds what is known of others. */
    public void add(Details other) {
        timeToDeliver.add(other.timeToDeliver);
        attempts.add(other.attempts);
        recipients.add(other.recipients);
        replies.add(other.replies);
    }

    /** Seconds from the sending queue to the delivery, of delivered messages for which both times are known. */
    public Quantiles timeToDeliver() {
        return timeToDeliver;
    }

    /** Attempts that messages took until they were delivered or bounced, of those for which that is known. */
    public Quantiles attempts() {
        return attempts;
    }

    /** Recipients that a delivery was attempted to. */
    public Distinct recipients() {
        return recipients;
    }

    /** The most frequent replies. */
    public Replies replies() {
        return replies;
    }

    /** The compact form for stores and internal topics. */
    public byte[] bytes() {
        Packer packer = new Packer(64);
        pack(packer);
        return packer.bytes();
    }

    void pack(Packer packer) {
        packer.put(VERSION).put(timeToDeliver.bytes()).put(attempts.bytes());
        recipients.pack(packer);
        replies.pack(packer);
    }

    /** Reads what {@link #bytes} wrote. @throws IllegalArgumentException when it is something else */
    public static Details parse(byte[] bytes) {
        return unpack(new Unpacker(bytes));
    }

    static Details unpack(Unpacker in) {
        byte version = in.getByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("details have version " + version + " (expected: " + VERSION + ")");
        }
        Details details = new Details();
        details.timeToDeliver = Quantiles.parse(in.getBytes());
        details.attempts = Quantiles.parse(in.getBytes());
        details.recipients = Distinct.unpack(in);
        details.replies = Replies.unpack(in);
        return details;
    }
}
