package dev.rebound.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole topics of text. */
final class Topics {

    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    private Topics() {}

    /** The values of partition 0 up to its end at this moment, without those of aborted transactions. */
    static List<String> readCommitted(String bootstrapServers, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long deadline = System.nanoTime() + LONGEST_READ.toNanos();
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(read -> values.add(read.value()));
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("at " + consumer.position(partition) + " of " + end + " after "
                            + LONGEST_READ.toSeconds() + " s, with " + values);
                }
            }
            return values;
        }
    }
}
