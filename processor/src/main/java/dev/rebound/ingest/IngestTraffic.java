package dev.rebound.ingest;

import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Hands generated events to a sink, each when it is due. */
public final class IngestTraffic {
    private static final int EVENTS_PER_FLUSH = 100_000;
    private static final long WORTH_A_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<DeliveryEvent> traffic;
    private final Pace pace;
    private final EventSink sink;
    private final Progress progress;
    private final StopRequest stop;

    private final Tally tally = new Tally();
    private final FlushPace flushPace = new FlushPace(EVENTS_PER_FLUSH);

    /**
     * For one run.
     *
     * @param traffic gives the events, in the order of their times of receipt
     * @param stop asked before each event; true ends the run as an interrupt does: with everything taken so far stored
     */
    public IngestTraffic(
            Supplier<DeliveryEvent> traffic, Pace pace, EventSink sink, Progress progress, BooleanSupplier stop) {
        this.traffic = traffic;
        this.pace = pace;
        this.sink = sink;
        this.progress = progress;
        this.stop = new StopRequest(stop);
    }

    /**
     * Runs until so many events are handed over or it is asked to stop; an interrupt status that ended the run is set again
     * on return.
     *
     * @param count how many; {@link Long#MAX_VALUE} for no end
     * @throws IOException when the sink failed
     * @throws InterruptedException when the sink was interrupted while it waited
     */
    public IngestSummary run(long count) throws IOException, InterruptedException {
        while (tally.events() < count && !stop.isMade()) {
            DeliveryEvent event = traffic.get();
            if (!awaitDue(event)) {
                break;
            }
            sink.accept(event);
            tally.read();
            tally.event(event);
            progress.advanced(
                    tally.unitsRead(), tally.events(), count == Long.MAX_VALUE ? -1 : (double) tally.events() / count);
            if (flushPace.unitDone()) {
                flush();
            }
        }
        flush();
        progress.finished();
        stop.passOnInterrupt();
        return tally.summary(tally.events() < count);
    }

    /** False when asked to stop meanwhile. */
    private boolean awaitDue(DeliveryEvent event) throws IOException, InterruptedException {
        long nanos = pace.nanosUntil(event.getReceivedAt());
        if (nanos > WORTH_A_FLUSH_NANOS) {
            // Nobody shall wait for what is already there.
            flush();
            nanos = pace.nanosUntil(event.getReceivedAt());
        }
        while (nanos > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(nanos, LONGEST_NAP_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (stop.isMade()) {
                return false;
            }
            nanos = pace.nanosUntil(event.getReceivedAt());
        }
        return true;
    }

    private void flush() throws IOException, InterruptedException {
        stop.holdBackInterrupt();
        sink.flush();
        flushPace.flushed();
    }
}
