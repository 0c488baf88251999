package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Goes by the offsets that the processor commits: together with them, its outputs and its state become visible. */
final class CommittedCommands implements ProcessedCommands {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ReboundConfig config;
    private final String topic;

    CommittedCommands(ReboundConfig config) {
        this.config = config;
        this.topic = config.topics().suppressionCommands().name();
    }

    @Override
    public boolean await(List<CommandPlace> places, Duration atMost) {
        Map<TopicPartition, Long> last = new HashMap<>();
        places.forEach(place -> last.merge(new TopicPartition(topic, place.partition()), place.offset(), Math::max));
        long deadline = System.nanoTime() + atMost.toNanos();
        try (Admin admin = Admin.create(config.adminClient())) {
            while (!isBeyond(committed(admin), last)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(PAUSE.toMillis());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the processor", e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot see how far group " + config.applicationId() + " has come: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(config.applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static boolean isBeyond(Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> last) {
        return last.entrySet().stream().allMatch(place -> {
            OffsetAndMetadata next = committed.get(place.getKey());
            return next != null && next.offset() > place.getValue();
        });
    }
}
