package dev.rebound.ingest;

import dev.rebound.schema.DeliveryEvent;

/** What was made of one line. */
public sealed interface LineReading {

    /** A delivery event. */
    record Event(DeliveryEvent event) implements LineReading {}

    /** White space or nothing. */
    record Blank() implements LineReading {}

    /**
     * A line that is no event.
     *
     * @param reason why, without any address in it
     */
    record Bad(String reason) implements LineReading {}
}
