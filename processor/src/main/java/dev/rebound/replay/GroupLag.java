package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many offsets of topics an application has not processed for good. */
final class GroupLag implements AutoCloseable {

    /** For so long nothing must have changed before it is looked at what it is that waits. */
    private static final long STILL_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final ReboundConfig config;
    private final Admin admin;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final String group;
    private long lastSum = -1;
    private long lastChange;

    /** @param group application id */
    GroupLag(ReboundConfig config, String group) {
        this.config = config;
        this.admin = Admin.create(config.adminClient());
        this.group = group;
    }

    /** Whether any offsets of a group are known. */
    boolean isKnown(String ofGroup) {
        return !get(admin.listConsumerGroupOffsets(ofGroup).partitionsToOffsetAndMetadata())
                .isEmpty();
    }

    /**
     * Whether nothing waits in topics. A mark of a transaction at a partition's end, which an application that was killed in front of it
     * never commits, is nothing.
     */
    boolean isNone(List<String> topics) {
        Map<TopicPartition, EventLog.Range> waiting = waiting(topics);
        long sum = sum(waiting);
        if (sum != lastSum) {
            lastSum = sum;
            lastChange = System.nanoTime();
        }
        return sum == 0
                || System.nanoTime() - lastChange > STILL_NANOS
                        && waiting.entrySet().stream().allMatch(part -> isEmpty(part.getKey(), part.getValue()));
    }

    private boolean isEmpty(TopicPartition partition, EventLog.Range range) {
        if (range.length() == 0) {
            return true;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReading.consumer(config)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, range.from());
            // What is not committed yet is not read, and the position stays in front of it.
            return consumer.poll(LOOK).isEmpty() && consumer.position(partition) >= range.to();
        }
    }

    /** Of the topics that are there; what is not there has nothing that is waiting. */
    long of(List<String> topics) {
        return sum(waiting(topics));
    }

    private static long sum(Map<TopicPartition, EventLog.Range> waiting) {
        return waiting.values().stream().mapToLong(EventLog.Range::length).sum();
    }

    private Map<TopicPartition, EventLog.Range> waiting(List<String> topics) {
        // What was processed is asked for first: what that has written is then among the ends.
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        for (String topic : topics) {
            // How many there are does not change; only what is not there yet has to be asked for again.
            partitions.computeIfAbsent(topic, this::partitionsOf);
            int count = partitions.getOrDefault(topic, 0);
            for (int partition = 0; partition < count; partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
            }
        }
        // What is written and not yet committed has still to be read, too.
        var begins = get(admin.listOffsets(earliest).all());
        var ends = get(admin.listOffsets(latest).all());
        Map<TopicPartition, EventLog.Range> waiting = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata done = committed.get(partition);
            long begin = begins.get(partition).offset();
            waiting.put(
                    partition, new EventLog.Range(done == null ? begin : Math.max(begin, done.offset()), end.offset()));
        });
        return waiting;
    }

    /** Null when the topic is not there. */
    private Integer partitionsOf(String topic) {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get();
            return found.partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw new KafkaException("cannot look up topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot ask for offsets: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
