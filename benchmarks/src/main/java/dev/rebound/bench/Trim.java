package dev.rebound.bench;

import dev.rebound.topology.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Keeps the disk from filling up while a stream goes on and on: deletes events that are processed, and outcomes that nobody reads. */
final class Trim implements AutoCloseable {

    /** Space is given back by whole segments. */
    private static final int SEGMENT_BYTES = 32 << 20;

    private final String input;
    private final String application;
    private final List<String> outcomes;
    private final Admin admin;

    /** @param application the group that processes the events */
    Trim(EventStream stream, String application) throws Exception {
        Topics topics = stream.topics();
        this.input = topics.deliveryEvents().name();
        this.application = application;
        this.outcomes = Stream.concat(
                        Stream.of(Route.values()).map(route -> route.topic(topics)),
                        Stream.of(topics.bouncesUnclassified()))
                .map(Topics.Spec::name)
                .toList();
        this.admin = Admin.create(stream.config().adminClient());
        Collection<AlterConfigOp> smallSegments = List.of(new AlterConfigOp(
                new ConfigEntry(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES)),
                AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Stream.concat(Stream.of(input), outcomes.stream())
                        .collect(Collectors.toMap(
                                topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic), topic -> smallSegments)))
                .all()
                .get();
    }

    /** Deletes what is there. */
    void run() throws Exception {
        Map<TopicPartition, Long> ends =
                admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .filter(offset -> offset.getKey().topic().equals(input) && offset.getValue() != null)
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, offset -> offset.getValue().offset()));
        Map<TopicPartition, OffsetSpec> asked = admin.describeTopics(outcomes).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        admin.deleteRecords(ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all()
                .get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
