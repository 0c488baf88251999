package dev.rebound.bench;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.topology.Topics;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The outcomes that events are told apart by: each event is in exactly one of their topics, and counted in one of their fields. */
enum Route {
    DELIVERED(Topics::deliveries, DomainStats::getDelivered),
    DEFERRED(Topics::deferrals, DomainStats::getDeferred),
    HARD(Topics::bouncesHard, DomainStats::getHard),
    SOFT(Topics::bouncesSoft, DomainStats::getSoft),
    COMPLAINED(Topics::complaints, DomainStats::getComplained),
    NOT_ATTEMPTED(Topics::notAttempted, DomainStats::getNotAttempted);

    private final Function<Topics, Topics.Spec> topic;
    private final ToLongFunction<DomainStats> count;

    Route(Function<Topics, Topics.Spec> topic, ToLongFunction<DomainStats> count) {
        this.topic = topic;
        this.count = count;
    }

    static Route of(Outcome outcome, Classification classification) {
        return switch (outcome) {
            case DELIVERED -> DELIVERED;
            case DEFERRED -> DEFERRED;
            case COMPLAINED -> COMPLAINED;
            case SUPPRESSED -> NOT_ATTEMPTED;
            case BOUNCED, EXPIRED, UNKNOWN -> classification.getBounceType() == BounceType.HARD ? HARD : SOFT;
        };
    }

    Topics.Spec topic(Topics topics) {
        return topic.apply(topics);
    }

    long count(DomainStats row) {
        return count.applyAsLong(row);
    }
}
