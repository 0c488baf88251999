package dev.rebound.topology;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics.Spec;
import java.util.List;

/** Where classified events go: each to exactly one outcome topic, and a copy of those that nothing explained to one more. */
final class Routes {

    private final Route delivered;
    private final Route deferred;
    private final Route complained;
    private final Route notAttempted;
    private final Route hard;
    private final Route soft;
    private final Route unclassified;

    /**
     * A way to a topic.
     *
     * @param topic its name
     * @param step name of the step that writes it
     * @param schemaId of its values
     */
    record Route(String topic, String step, int schemaId) {

        static Route to(Spec topic, Topics topics, Schemas schemas) {
            return new Route(
                    topic.name(),
                    Steps.WRITE + topic.name().substring(topics.prefix().length()),
                    schemas.id(topic.name(), ClassifiedEvent.getClassSchema()));
        }
    }

    /** @throws dev.rebound.serde.SchemaRegistryException when a schema that is written is not registered */
    Routes(Topics topics, Schemas schemas) {
        delivered = Route.to(topics.deliveries(), topics, schemas);
        deferred = Route.to(topics.deferrals(), topics, schemas);
        complained = Route.to(topics.complaints(), topics, schemas);
        notAttempted = Route.to(topics.notAttempted(), topics, schemas);
        hard = Route.to(topics.bouncesHard(), topics, schemas);
        soft = Route.to(topics.bouncesSoft(), topics, schemas);
        unclassified = Route.to(topics.bouncesUnclassified(), topics, schemas);
    }

    /** That of an event with this outcome. */
    Route of(Outcome outcome, BounceType type) {
        return switch (outcome) {
            case DELIVERED -> delivered;
            case DEFERRED -> deferred;
            case COMPLAINED -> complained;
            case SUPPRESSED -> notAttempted;
            case BOUNCED, EXPIRED -> type == BounceType.HARD ? hard : soft;
            case UNKNOWN -> throw new IllegalArgumentException("an event without outcome is a dead letter");
        };
    }

    /** That of copies, for people to read. */
    Route unclassified() {
        return unclassified;
    }

    List<Route> all() {
        return List.of(delivered, deferred, complained, notAttempted, hard, soft, unclassified);
    }
}
