package dev.rebound.bench;

import dev.rebound.topology.Coordinates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Waits for the first outcome of an event that is not there yet. For one thread. */
final class FirstOutput implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final Map<Integer, Long> firstNew;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Events that are written from now on are new. */
    FirstOutput(EventStream stream) {
        Properties properties = stream.config().consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.firstNew =
                consumer
                        .endOffsets(partitions(
                                Stream.of(stream.topics().deliveryEvents().name())))
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        List<TopicPartition> outcomes = partitions(Stream.of(Route.values())
                .map(route -> route.topic(stream.topics()).name()));
        consumer.assign(outcomes);
        consumer.seekToEnd(outcomes);
        outcomes.forEach(consumer::position);
    }

    private List<TopicPartition> partitions(Stream<String> topics) {
        return topics.flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** When it was there, by {@link System#nanoTime()}. */
    long await() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE) {
            var records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Coordinates source = Coordinates.of(record.headers()).orElseThrow();
                if (source.offset() >= firstNew.get(source.partition())) {
                    return now;
                }
            }
        }
        throw new IllegalStateException("no output of a new event has come");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
