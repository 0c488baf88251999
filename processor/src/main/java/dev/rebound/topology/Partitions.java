package dev.rebound.topology;

import dev.rebound.statistics.RowKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Where Kafka's default partitioner puts a key: what is written, processed and looked up by one key must meet in one partition. */
public final class Partitions {

    private Partitions() {}

    /** Puts all windows of a subject of the statistics, by their rows' keys in bytes, into one partition. */
    static StreamPartitioner<byte[], byte[]> ofSubjects() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(
                EndOfSums.is(key)
                        ? EndOfSums.partition(key)
                        : of(RowKey.parse(key).place(), partitions)));
    }

    /**
     * The partition of a key.
     *
     * @param key the key's bytes; null is refused
     * @param partitions how many the topic has
     */
    public static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
