package dev.rebound.topology;

import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;

/** What classifying an event gives: a classified event, or a dead letter when its record would be too large. */
sealed interface Judged permits Judged.Classified, DeadLetter {

    /**
     * A classified event.
     *
     * @param event the event
     * @param classification what the core made of it
     * @param source where the event was first read
     * @param body both as Avro binary, without the frame: topics differ only in the schema id in front
     */
    record Classified(DeliveryEvent event, Classification classification, Coordinates source, byte[] body)
            implements Judged, Signal {}
}
