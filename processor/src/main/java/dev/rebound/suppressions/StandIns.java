package dev.rebound.suppressions;

import dev.rebound.ingest.Progress;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;

/** Looks for what stands in for addresses that were erased. Needs no key. */
public final class StandIns {

    private final SuppressionFeed feed;
    private boolean found;

    private StandIns(SuppressionFeed feed) {
        this.feed = feed;
    }

    /**
     * Whether a list has any.
     *
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    public static boolean areOn(SuppressionList list, SuppressionFeed feed) {
        return new StandIns(feed).look(list.text() + '|' + SuppressionKey.HASH);
    }

    private boolean look(String begin) {
        feed.read(
                key -> !found && key.startsWith(begin) && key.indexOf('@') < 0,
                entry -> entry,
                entry -> found = true,
                new Watch(Progress.none(), () -> found));
        return found;
    }
}
