package dev.rebound.local;

import dev.rebound.config.ReboundConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the processor has not read yet, in its input and in its internal topics. */
final class Backlog {

    private final ReboundConfig config;

    Backlog(ReboundConfig config) {
        this.config = config;
    }

    /**
     * Offsets between what the processor has committed and the ends of the topics that it reads; 0 when it has read all.
     * Ends of transactions are offsets too.
     */
    long size() throws InterruptedException {
        try (Admin admin = Admin.create(config.client())) {
            String input = config.topics().deliveryEvents().name();
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.describeTopics(List.of(input))
                    .allTopicNames()
                    .get()
                    .get(input)
                    .partitions()
                    .forEach(partition -> committed.put(new TopicPartition(input, partition.partition()), 0L));
            Map<TopicPartition, OffsetAndMetadata> group = admin.listConsumerGroupOffsets(config.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            group.forEach((partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            committed.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> latest =
                    admin.listOffsets(ends).all().get();
            return committed.entrySet().stream()
                    .mapToLong(entry -> Math.max(0, latest.get(entry.getKey()).offset() - entry.getValue()))
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot ask the broker how far the processor is: " + e.getCause(), e);
        }
    }
}
