package dev.rebound.measure;

import dev.rebound.config.ReboundConfig;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a processor is with {@code delivery-events}. */
final class Progress {

    private final ReboundConfig config;

    Progress(ReboundConfig config) {
        this.config = config;
    }

    /** Waits until so many events are committed. */
    void awaitAll(long events) throws Exception {
        try (Admin admin = Admin.create(config.adminClient())) {
            while (committed(admin) < events) {
                Thread.sleep(200);
            }
        }
    }

    private long committed(Admin admin) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(config.applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
        String topic = config.topics().deliveryEvents().name();
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }
}
