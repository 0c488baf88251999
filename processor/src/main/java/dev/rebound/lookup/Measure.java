package dev.rebound.lookup;

import dev.rebound.statistics.Counts;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked of counts, and ordered by. */
public enum Measure {
    /** All events. */
    ATTEMPTS(Counts::attempts),
    /** Messages that came to their end. */
    MESSAGES(Counts::messages),
    /** Accepted. */
    DELIVERED(counts -> counts.get(Counts.Counter.DELIVERED)),
    /** To be tried again. */
    DEFERRED(counts -> counts.get(Counts.Counter.DEFERRED)),
    /** Soft bounces. */
    SOFT(counts -> counts.get(Counts.Counter.SOFT)),
    /** Hard bounces. */
    HARD(counts -> counts.get(Counts.Counter.HARD)),
    /** Complaints. */
    COMPLAINED(counts -> counts.get(Counts.Counter.COMPLAINED)),
    /** Not tried by the sending side. */
    NOT_ATTEMPTED(counts -> counts.get(Counts.Counter.NOT_ATTEMPTED)),
    /** Bounces that nothing explained. */
    UNCLASSIFIED(counts -> counts.get(Counts.Counter.UNCLASSIFIED)),
    /** Given up after deferrals. */
    EXPIRED(counts -> counts.get(Counts.Counter.EXPIRED)),
    /** Bounces of what had been accepted. */
    ASYNCHRONOUS(counts -> counts.get(Counts.Counter.ASYNCHRONOUS)),
    /** Deferrals and bounces that are about the sender, the content or the reputation. */
    BLOCKED(counts -> counts.get(Counts.Counter.BLOCKED)),
    /** Failures times their share: high where much goes wrong, and much of what is sent. */
    TROUBLE(counts -> counts.attempts() == 0 ? 0 : (double) counts.failed() * counts.failed() / counts.attempts()),
    /** Accepted, of messages that came to their end. */
    DELIVERY_RATE(counts -> zeroWhenUnknown(deliveryRate(counts))),
    /** Bounced without having been accepted, of messages that came to their end. */
    BOUNCE_RATE(counts -> zeroWhenUnknown(bounceRate(counts))),
    /** Deferred, of attempts that a server answered at once. */
    DEFERRAL_RATE(counts -> zeroWhenUnknown(deferralRate(counts))),
    /** Complained about, of delivered. */
    COMPLAINT_RATE(counts -> zeroWhenUnknown(complaintRate(counts))),
    /** Blocked, of attempts that a server answered at once or bounced later. */
    BLOCKED_RATE(counts -> zeroWhenUnknown(blockedRate(counts)));

    private final ToDoubleFunction<Counts> value;

    Measure(ToDoubleFunction<Counts> value) {
        this.value = value;
    }

    private static double zeroWhenUnknown(Optional<Double> rate) {
        return rate.orElse(0.0);
    }

    /** Its value; a rate that is not known is 0. */
    public double of(Counts counts) {
        return value.applyAsDouble(counts);
    }

    /** Highest first. */
    public Comparator<Counts> highestFirst() {
        return Comparator.comparingDouble(value).reversed();
    }

    /** As in parameters and JSON: {@code notAttempted}. */
    public String text() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        return words.length == 1
                ? words[0]
                : words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
    }

    /** The one with this {@link #text}; empty when there is none. */
    public static Optional<Measure> of(String text) {
        return Stream.of(values()).filter(figure -> figure.text().equals(text)).findFirst();
    }

    /** All texts, as a list in words. */
    public static String texts() {
        return Stream.of(values()).map(Measure::text).collect(Collectors.joining(", "));
    }

    /** Share of messages that came to their end that were delivered; empty when there were none. */
    public static Optional<Double> deliveryRate(Counts counts) {
        return share(counts.get(Counts.Counter.DELIVERED), counts.messages());
    }

    /** Share of messages that came to their end that bounced without having been accepted; empty when there were none. */
    public static Optional<Double> bounceRate(Counts counts) {
        return share(counts.messages() - counts.get(Counts.Counter.DELIVERED), counts.messages());
    }

    /** Share of attempts that were deferred; empty when there were none. */
    public static Optional<Double> deferralRate(Counts counts) {
        return share(counts.get(Counts.Counter.DEFERRED), answered(counts));
    }

    /** Complaints by delivered messages; empty when none were delivered. */
    public static Optional<Double> complaintRate(Counts counts) {
        return share(counts.get(Counts.Counter.COMPLAINED), counts.get(Counts.Counter.DELIVERED));
    }

    /** Share of attempts, and of later bounces of what had been accepted, that were blocked; empty when there were none. */
    public static Optional<Double> blockedRate(Counts counts) {
        return share(counts.get(Counts.Counter.BLOCKED), answered(counts) + counts.get(Counts.Counter.ASYNCHRONOUS));
    }

    /** Attempts that a server, or the sending one, gave an answer to: complaints and what was not tried are none. */
    private static long answered(Counts counts) {
        return counts.messages() + counts.get(Counts.Counter.DEFERRED);
    }

    private static Optional<Double> share(long part, long whole) {
        return whole <= 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
