package dev.rebound.topology;

import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;

/**
 * A classified event.
 *
 * @param event the event
 * @param classification what the core made of it
 * @param source where the event was first read
 */
record Classified(DeliveryEvent event, Classification classification, Coordinates source) implements Signal {}
