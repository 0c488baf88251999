package dev.rebound.compare;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How far partitions have been read, up to the ends that they had at the beginning. */
final class Positions {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STALL_NANOS = Duration.ofSeconds(30).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Meter meter;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long fruitless;

    /** @param meter told of what is read; each partition's length has to be announced to it before */
    Positions(Consumer<byte[], byte[]> consumer, Meter meter) {
        this.consumer = consumer;
        this.meter = meter;
    }

    /** Partitions of a topic. @throws UnknownTopicOrPartitionException when it is not there */
    static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " is not there");
        }
        return partitions.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Reads partitions from now on, from where each begins to its end. */
    void assign(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> to) {
        positions.clear();
        ends.clear();
        ends.putAll(to);
        consumer.assign(begins.keySet());
        begins.forEach((partition, begin) -> {
            consumer.seek(partition, begin);
            positions.put(partition, begin);
        });
        consumer.pause(begins.keySet().stream().filter(this::isAtEnd).toList());
        fruitless = 0;
    }

    /**
     * The next records. What was handed over has to be taken before {@link #update}.
     *
     * @throws TimeoutException when half a minute of waiting has brought nothing; time in which nobody waited does not count
     */
    ConsumerRecords<byte[], byte[]> poll() {
        if (fruitless > STALL_NANOS) {
            throw new TimeoutException("nothing came from "
                    + positions.keySet().stream()
                            .filter(partition -> !isAtEnd(partition))
                            .toList()
                    + " for " + Duration.ofNanos(STALL_NANOS).toSeconds() + " s");
        }
        long began = System.nanoTime();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        fruitless = records.isEmpty() ? fruitless + System.nanoTime() - began : 0;
        return records;
    }

    boolean isAtEnd(TopicPartition partition) {
        return positions.get(partition) >= ends.get(partition);
    }

    /** Something is left in one of the partitions. */
    boolean isAnyLeft() {
        return positions.keySet().stream().anyMatch(partition -> !isAtEnd(partition));
    }

    /** The rest of a partition is not needed. */
    void end(TopicPartition partition) {
        meter.advance(ends.get(partition) - Math.min(ends.get(partition), positions.get(partition)), 0);
        positions.put(partition, ends.get(partition));
        consumer.pause(List.of(partition));
    }

    /** Looks how far the consumer is. @param records how many it has brought */
    void update(long records) {
        long advanced = 0;
        for (Map.Entry<TopicPartition, Long> entry : positions.entrySet()) {
            if (isAtEnd(entry.getKey())) {
                continue;
            }
            long now = Math.min(consumer.position(entry.getKey()), ends.get(entry.getKey()));
            advanced += now - entry.getValue();
            entry.setValue(now);
            if (isAtEnd(entry.getKey())) {
                // Live goes on, and what it writes meanwhile is not needed.
                consumer.pause(List.of(entry.getKey()));
            }
        }
        if (advanced > 0) {
            // The end of a transaction is no record.
            fruitless = 0;
        }
        meter.advance(advanced, records);
    }
}
