package dev.rebound.suppressions;

import dev.rebound.schema.Suppression;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is suppressed now. */
public interface SuppressionFeed {

    /**
     * Goes through all that is suppressed. Kept in memory is what was picked, of one part of the feed at a time.
     *
     * @param keys whether an entry matters, by its key {@code list|address}; asked before the entry is decoded, and for entries that
     *     have ended, too
     * @param pick what of an entry matters; null: nothing
     * @param each takes what was picked of the entries that are there
     * @return false when the reading was stopped before its end
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer or the topic is missing
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    <T> boolean read(Predicate<String> keys, Function<Suppression, T> pick, Consumer<T> each, Watch watch);
}
