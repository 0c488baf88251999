package dev.rebound.evaluate;

import dev.rebound.schema.DeliveryEvent;

/**
 * A reply whose cause is known.
 *
 * @param id name of the row, for the list of misses
 * @param event the evidence
 * @param fault whose trouble it was; {@code UNKNOWN} where the label does not say
 * @param category name of the right category; null where the label does not say
 * @param aside why the row is not scored, such as a doubtful label; null when it is
 */
record LabelledReply(String id, DeliveryEvent event, Fault fault, String category, String aside) {}
