package dev.rebound.ingest;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When generated events are due: as their times of receipt say, counted from now on. Events are never held back for what
 * the sink took longer.
 */
public final class Pace {

    /** Events are due at once. */
    public static final Pace AS_FAST_AS_POSSIBLE = new Pace(Instant.EPOCH, Double.POSITIVE_INFINITY, () -> 0);

    private final long zeroMillis;
    private final double speed;
    private final LongSupplier nanoTime;
    private final long began;

    private Pace(Instant zero, double speed, LongSupplier nanoTime) {
        this.zeroMillis = zero.toEpochMilli();
        this.speed = speed;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /**
     * A pace at which events received at a moment are due now, earlier ones are overdue, and later ones follow.
     *
     * @param zero that moment
     * @param speed how many seconds of receipt pass in one second; above 0
     */
    public static Pace from(Instant zero, double speed) {
        return from(zero, speed, System::nanoTime);
    }

    static Pace from(Instant zero, double speed, LongSupplier nanoTime) {
        return new Pace(zero, speed, nanoTime);
    }

    /** Nanoseconds until an event that is received at a moment is due; 0 or less when it is. */
    long nanosUntil(Instant received) {
        if (speed == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double due = TimeUnit.MILLISECONDS.toNanos(1) * ((received.toEpochMilli() - zeroMillis) / speed);
        return (long) due - (nanoTime.getAsLong() - began);
    }
}
