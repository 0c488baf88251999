package dev.rebound.ingest;

import java.util.concurrent.TimeUnit;

/**
 * When it is time to wait for the sink: a wait for each unit would make the sink's latency the speed of the run, and whatever
 * is read after the last wait is read again after a crash.
 */
final class FlushPace {
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int maxUnits;
    private int units;
    private long lastFlush = System.nanoTime();

    FlushPace(int maxUnits) {
        this.maxUnits = maxUnits;
    }

    /** Counts a unit; true when a flush is due. */
    boolean unitDone() {
        units++;
        return units >= maxUnits || System.nanoTime() - lastFlush > MAX_NANOS;
    }

    void flushed() {
        units = 0;
        lastFlush = System.nanoTime();
    }
}
