package dev.rebound.ingest;

import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;

/**
 * Where events go. What was accepted counts as stored only once {@link #flush()} has returned normally: only then is its
 * source noted in the ledger. An exception from either method ends the run; what was accepted since the last flush is read
 * again by the next run, with the same event ids.
 */
public interface EventSink {

    /**
     * Takes an event; may return before it is stored.
     *
     * @throws IOException when this event or an earlier one could not be stored
     * @throws InterruptedException when the thread was interrupted while waiting for room
     */
    void accept(DeliveryEvent event) throws IOException, InterruptedException;

    /**
     * Waits until every event accepted so far is stored.
     *
     * @throws IOException when one of them was not
     * @throws InterruptedException when the thread was interrupted while waiting
     */
    void flush() throws IOException, InterruptedException;
}
