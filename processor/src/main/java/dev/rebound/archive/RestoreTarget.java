package dev.rebound.archive;

import dev.rebound.app.MendingCommands;
import dev.rebound.config.ReboundConfig;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic that an archive is to be restored into: whether it takes and keeps every record as it is. */
final class RestoreTarget {

    private final ReboundConfig config;
    private final MendingCommands commands;
    private final String topic;

    RestoreTarget(ReboundConfig config, String topic) {
        this.config = config;
        this.commands = new MendingCommands(config);
        this.topic = topic;
    }

    /**
     * Makes sure of it.
     *
     * @throws RestoreRefusedException with all that is wrong, and the commands that mend it
     * @throws KafkaException when the brokers do not answer
     */
    void check(int partitions, TargetSettings settings) {
        try (Admin admin = Admin.create(config.adminClient())) {
            TopicDescription found = describe(admin, partitions, settings);
            if (found.partitions().size() < partitions) {
                throw new RestoreRefusedException("topic " + topic + " has "
                        + found.partitions().size() + " partitions (expected: " + partitions
                        + ", as the archived topic has, or more); mend it with: "
                        + commands.addPartitions(topic, partitions));
            }
            refuseFilled(admin, found);
            Config is = settings(admin);
            List<String> problems =
                    settings.problems(topic, name -> is.get(name).value(), Instant.now(), commands);
            if (!problems.isEmpty()) {
                throw new RestoreRefusedException(String.join("\n", problems));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for topic " + topic, e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot look up topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private TopicDescription describe(Admin admin, int partitions, TargetSettings settings)
            throws InterruptedException, ExecutionException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new RestoreRefusedException("topic " + topic + " is missing; create it with: "
                        + commands.createTopic(topic, partitions, settings.wanted()));
            }
            throw e;
        }
    }

    private void refuseFilled(Admin admin, TopicDescription found) throws InterruptedException, ExecutionException {
        Map<TopicPartition, ListOffsetsResultInfo> beginnings = offsets(admin, found, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, found, OffsetSpec.latest());
        ends.forEach((partition, end) -> {
            if (end.offset() > beginnings.get(partition).offset()) {
                throw new RestoreRefusedException("topic " + topic + " has records in partition "
                        + partition.partition() + " (expected: none, as theirs and the archive's would be mixed); name"
                        + " another topic, or delete this one with: " + commands.deleteTopic(topic));
            }
        });
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, TopicDescription found, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        found.partitions().forEach(info -> asked.put(new TopicPartition(topic, info.partition()), which));
        return admin.listOffsets(asked).all().get();
    }

    private Config settings(Admin admin) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }
}
