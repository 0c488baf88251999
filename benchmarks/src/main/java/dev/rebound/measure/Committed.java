package dev.rebound.measure;

import dev.rebound.config.ReboundConfig;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a processor is with {@code delivery-events}. */
public final class Committed {

    private final ReboundConfig config;

    Committed(ReboundConfig config) {
        this.config = config;
    }

    /** Waits until so many events are committed. */
    void awaitAll(long events) throws Exception {
        try (Admin admin = Admin.create(config.adminClient())) {
            while (events(admin, config) < events) {
                Thread.sleep(200);
            }
        }
    }

    /** How many events are committed. */
    public static long events(Admin admin, ReboundConfig config) throws ExecutionException, InterruptedException {
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
