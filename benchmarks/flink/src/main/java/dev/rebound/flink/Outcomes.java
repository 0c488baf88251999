package dev.rebound.flink;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics;
import java.util.List;
import java.util.stream.Stream;

/** The topics of classified events. */
record Outcomes(
        Topic deliveries,
        Topic deferrals,
        Topic complaints,
        Topic notAttempted,
        Topic hard,
        Topic soft,
        Topic unclassified) {

    /** A topic and the id of the schema of its values. */
    record Topic(String name, int schemaId) {

        static Topic of(Topics.Spec spec, Schemas schemas) {
            return new Topic(spec.name(), schemas.id(spec.name(), ClassifiedEvent.getClassSchema()));
        }
    }

    Outcomes(Topics topics, Schemas schemas) {
        this(
                Topic.of(topics.deliveries(), schemas),
                Topic.of(topics.deferrals(), schemas),
                Topic.of(topics.complaints(), schemas),
                Topic.of(topics.notAttempted(), schemas),
                Topic.of(topics.bouncesHard(), schemas),
                Topic.of(topics.bouncesSoft(), schemas),
                Topic.of(topics.bouncesUnclassified(), schemas));
    }

    /** Names of all topics that a single event's record can go to. */
    static List<String> all(Topics topics) {
        return Stream.of(
                        topics.deliveries(),
                        topics.deferrals(),
                        topics.complaints(),
                        topics.notAttempted(),
                        topics.bouncesHard(),
                        topics.bouncesSoft(),
                        topics.bouncesUnclassified(),
                        topics.deadLetters())
                .map(Topics.Spec::name)
                .toList();
    }

    /** The one topic of an event. */
    Topic of(DeliveryEvent event, Classification classification) {
        return switch (event.getOutcome()) {
            case DELIVERED -> deliveries;
            case DEFERRED -> deferrals;
            case COMPLAINED -> complaints;
            case SUPPRESSED -> notAttempted;
            case BOUNCED, EXPIRED, UNKNOWN -> classification.getBounceType() == BounceType.HARD ? hard : soft;
        };
    }
}
