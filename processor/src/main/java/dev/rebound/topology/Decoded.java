package dev.rebound.topology;

import dev.rebound.schema.DeliveryEvent;

/** What reading a record gives: an event, the end of a replay, or a dead letter with the reason in its headers. */
sealed interface Decoded permits Decoded.Event, EndOfReplay, DeadLetter {

    /**
     * An event that can be processed; the record's key is its proper key.
     *
     * @param event the event
     * @param value the event's bytes as read
     * @param source where it was first read
     */
    record Event(DeliveryEvent event, byte[] value, Coordinates source) implements Decoded {}
}
