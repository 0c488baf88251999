package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a run has written. */
final class Outputs {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(30);

    private Outputs() {}

    /** The topic of those that write each event once more: as other topics of events. */
    static Topics.Spec copies(Topics topics) {
        Topics.Spec like = topics.deliveries();
        return new Topics.Spec(
                topics.prefix() + "copies", like.key(), null, false, like.config(), "Events once more, unchanged.");
    }

    /** Gives all committed records of topics to someone. */
    static void read(ReboundConfig config, Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long moved = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                records.forEach(reader);
                if (!records.isEmpty()) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > STALL.toNanos()) {
                    throw new IllegalStateException("nothing more comes from " + topics + " before their ends");
                }
            }
        }
    }
}
