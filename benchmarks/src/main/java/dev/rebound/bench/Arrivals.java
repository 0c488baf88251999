package dev.rebound.bench;

import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.topology.Coordinates;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads hard bounces and suppressions as they are committed, from now on, and notes when each arrives. */
final class Arrivals implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String hardTopic;
    private final Latencies hard;
    private final Latencies suppressions;
    private final AvroDecoder<Suppression> decoder;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    Arrivals(EventStream stream, Latencies hard, Latencies suppressions) {
        this.hardTopic = stream.topics().bouncesHard().name();
        this.hard = hard;
        this.suppressions = suppressions;
        this.decoder = new AvroDecoder<>(stream.connections().writerSchemas(), Suppression.getClassSchema());
        Properties properties = stream.config().consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(
                        hardTopic, stream.topics().suppressions().name())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        this.thread = new Thread(this::read, "arrivals");
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    take(record, now);
                }
            }
        } catch (WakeupException e) {
            // Closed.
            return;
        } catch (Exception e) {
            failure.set(e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, long now) throws UndecodableException {
        if (record.topic().equals(hardTopic)) {
            Coordinates source = Coordinates.of(record.headers())
                    .orElseThrow(() -> new IllegalStateException(
                            record.topic() + ": a record without header " + Coordinates.HEADER));
            hard.arrived(new Place(source.partition(), source.offset()), now);
        } else if (record.value() != null) {
            List<SuppressionEvidence> evidence = decoder.decode(record.value()).getEvidence();
            // With more than one, the latest need not be the one that this came of.
            if (evidence.size() == 1) {
                suppressions.arrived(
                        new Place(
                                evidence.get(0).getPartition(), evidence.get(0).getOffset()),
                        now);
            }
        }
    }

    /** What reading has broken on; null while it has not. */
    Throwable failure() {
        return failure.get();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
