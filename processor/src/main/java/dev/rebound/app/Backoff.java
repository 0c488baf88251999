package dev.rebound.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pauses between attempts, each twice as long as the one before it up to a limit. After a quiet time they are short again. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private Duration next;
    private long lastAsked;

    /**
     * @param first the first pause, and the first after a quiet time
     * @param longest no pause is longer
     * @param nanoTime a clock such as {@link System#nanoTime()}
     */
    Backoff(Duration first, Duration longest, LongSupplier nanoTime) {
        this.first = first;
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.next = first;
        this.lastAsked = nanoTime.getAsLong();
    }

    /** The pause before the next attempt. Callers on several threads share one sequence. */
    synchronized Duration next() {
        long now = nanoTime.getAsLong();
        boolean quiet = now - lastAsked > longest.multipliedBy(3).toNanos();
        Duration pause = quiet ? first : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        lastAsked = now;
        return pause;
    }
}
