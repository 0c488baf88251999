package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many offsets of topics an application has not processed for good. */
final class GroupLag implements AutoCloseable {

    private final Admin admin;
    private final String group;

    /** @param group application id */
    GroupLag(ReboundConfig config, String group) {
        this.admin = Admin.create(config.adminClient());
        this.group = group;
    }

    /** Of the topics that are there; what is not there has nothing that is waiting. */
    long of(List<String> topics) {
        // What was processed is asked for first: what that has written is then among the ends.
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions(topic); partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
            }
        }
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        var begins = get(admin.listOffsets(earliest, options).all());
        var ends = get(admin.listOffsets(latest, options).all());
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata done = committed.get(end.getKey());
                    long begin = begins.get(end.getKey()).offset();
                    return end.getValue().offset() - (done == null ? begin : Math.max(begin, done.offset()));
                })
                .map(lag -> Math.max(0, lag))
                .sum();
    }

    private int partitions(String topic) {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get();
            return found.partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
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
