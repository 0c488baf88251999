package dev.rebound.suppressions;

import java.util.List;

/** Takes commands. What a method returned for is on all in-sync replicas. */
interface CommandSink {

    /**
     * Writes commands. When it fails, some may have been written: the same commands can be written again, and count once.
     *
     * @return where they stand, in their order
     * @throws IllegalArgumentException when one of them breaks the rules of {@link dev.rebound.suppress.Commands}; then none is
     *     written
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away or does not have the schema
     */
    List<CommandPlace> write(List<PlacedCommand> commands);

    /**
     * Takes records away: each is followed by one that has its key and no value, so that compaction removes it.
     *
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    void erase(List<CommandPlace> places);
}
