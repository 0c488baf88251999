package dev.rebound.topology;

import dev.rebound.classify.Categories;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.SuppressionReason;
import java.util.Set;

/**
 * Is told how each event ends. Called by the stream threads once per event, so it must cost next to nothing and never throw.
 * What it is told of can still be undone: an aborted transaction's events are processed, and told of, again.
 */
public interface Observer {

    /** Takes no notice. */
    Observer NONE = new Observer() {
        @Override
        public void classified(DeliveryEvent event, Classification classification, long arrival) {}

        @Override
        public void deadLetter(String reason) {}

        @Override
        public void suppressed(SuppressionReason reason) {}

        @Override
        public void lifted() {}
    };

    /**
     * An event was classified and routed.
     *
     * @param arrival when it reached the broker, in milliseconds since 1970
     */
    void classified(DeliveryEvent event, Classification classification, long arrival);

    /**
     * A record became a dead letter.
     *
     * @param reason one of {@link #deadLetterReasons()}
     */
    void deadLetter(String reason);

    /** An address that could be written to must not be from now on. */
    void suppressed(SuppressionReason reason);

    /** An address that must not be written to can be from now on. */
    void lifted();

    /** Whether an event is a bounce that nothing explained, of which bounces-unclassified has a copy. */
    static boolean isUnclassified(Classification classification) {
        return classification.getBounceType() != BounceType.NONE
                && classification.getCategory().equals(Categories.UNDETERMINED);
    }

    /** Every reason that a dead letter can have. */
    static Set<String> deadLetterReasons() {
        return DeadLetter.reasons();
    }
}
