package dev.rebound.promote;

import dev.rebound.schema.Promoted;
import dev.rebound.suppressions.Watch;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What was promoted from a replay: the last record of each key. */
interface PromotedLog {

    /**
     * Goes through the records.
     *
     * @param keys which keys matter; asked before a record is decoded
     * @param wanted which records of them matter
     * @param each takes those that do; kept in memory is what matters of one part of the log
     * @throws StoppedException when the watch stops it
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    void read(Predicate<String> keys, Predicate<Promoted> wanted, Consumer<Promoted> each, Watch watch);

    /** There are no more keys than this. @throws org.apache.kafka.common.KafkaException when the brokers do not answer */
    long size();

    /**
     * Keeps records, in their order, and returns when they are durable.
     *
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer; some may have been written
     */
    void keep(List<Promoted> records);
}
