package dev.rebound.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long outputs took, counted from when their events were due to be sent. Who sends and who reads are different threads, and the one may
 * learn of an event before the other does.
 */
final class Latencies {

    private static final int DIGITS = 3;

    private final long countedFrom;
    private final Map<Place, Long> due = new HashMap<>();
    private final Map<Place, Long> arrived = new HashMap<>();
    private final Histogram micros = new Histogram(DIGITS);

    /** @param countedFrom events that are due before this do not count; by {@link System#nanoTime()} */
    Latencies(long countedFrom) {
        this.countedFrom = countedFrom;
    }

    /** An event that may have an output has been written. */
    synchronized void sent(Place event, long dueAt) {
        Long arrivedAt = arrived.remove(event);
        if (arrivedAt == null) {
            due.put(event, dueAt);
        } else {
            count(dueAt, arrivedAt);
        }
    }

    /** The output of an event has been read. */
    synchronized void arrived(Place event, long at) {
        Long dueAt = due.remove(event);
        if (dueAt == null) {
            arrived.put(event, at);
        } else {
            count(dueAt, at);
        }
    }

    private void count(long dueAt, long arrivedAt) {
        if (dueAt - countedFrom >= 0) {
            micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(arrivedAt - dueAt)));
        }
    }

    /** How many events have no output yet. */
    synchronized int outstanding() {
        return due.size();
    }

    synchronized Quantiles quantiles() {
        return Quantiles.of(micros);
    }
}
