package dev.rebound.topology;

import org.apache.kafka.common.utils.Utils;

/** Where Kafka's default partitioner puts a key: what is written, processed and looked up by one key must meet in one partition. */
public final class Partitions {

    private Partitions() {}

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
