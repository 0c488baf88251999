package dev.rebound.lookup;

import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka Streams as it runs.
 *
 * @param streams the client
 * @param partitions number of partitions of the state
 * @param address host and port under which other instances know this one, see {@code application.server}; null when it has none
 */
public record RunningStreams(KafkaStreams streams, int partitions, String address) {}
