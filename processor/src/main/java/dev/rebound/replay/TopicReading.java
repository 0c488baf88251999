package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed of one partition, record by record, up to an end that was fixed before. Commits nothing. */
final class TopicReading implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

    private TopicReading(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
        this.consumer = consumer;
        this.partition = partition;
        this.end = end;
    }

    /** From the beginning to the end that the partition has now. */
    static TopicReading toEnd(ReboundConfig config, TopicPartition partition) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(config);
        try {
            long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            return at(consumer, partition, first, end);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static TopicReading at(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        return new TopicReading(consumer, partition, end);
    }

    /** A consumer of no group that sees what is committed. */
    static KafkaConsumer<byte[], byte[]> consumer(ReboundConfig config) {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        // What is read is there already; only closing waits for the fetch that looks beyond the end.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The next record; empty when there is none before the end.
     *
     * @throws TimeoutException when nothing comes for a minute
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException when it has been deleted meanwhile
     */
    Optional<ConsumerRecord<byte[], byte[]>> next() {
        long deadline = System.nanoTime() + STALL.toNanos();
        while (polled.isEmpty() && consumer.position(partition) < end) {
            long position = consumer.position(partition);
            consumer.poll(POLL).forEach(polled::add);
            if (consumer.position(partition) > position) {
                deadline = System.nanoTime() + STALL.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("nothing came from " + partition + " for " + STALL.toSeconds() + " s");
            }
        }
        ConsumerRecord<byte[], byte[]> next = polled.poll();
        return next == null || next.offset() >= end ? Optional.empty() : Optional.of(next);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
