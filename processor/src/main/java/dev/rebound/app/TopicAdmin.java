package dev.rebound.app;

import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates Rebound's topics with their schemas, and checks that they are there. */
public final class TopicAdmin {

    private final ReboundConfig config;
    private final Topics topics;

    /** For the cluster and prefix of a configuration. */
    public TopicAdmin(ReboundConfig config) {
        this.config = config;
        this.topics = config.topics();
    }

    /**
     * Creates what is missing and registers every schema; what exists stays as it is.
     *
     * @return names of the topics that were created
     * @throws KafkaException when the brokers refuse or do not answer
     */
    public List<String> create(Schemas schemas) {
        List<String> created = new ArrayList<>();
        try (Admin admin = Admin.create(config.adminClient())) {
            int partitions = partitions();
            List<NewTopic> wanted = topics.all().stream()
                    .map(topic -> newTopic(topic, partitions))
                    .toList();
            for (Map.Entry<String, KafkaFuture<Void>> result :
                    admin.createTopics(wanted).values().entrySet()) {
                if (wasCreated(result.getKey(), result.getValue())) {
                    created.add(result.getKey());
                }
            }
        }
        topics.all().stream()
                .filter(topic -> topic.valueSchema() != null)
                .forEach(topic -> schemas.register(topic.name(), topic.valueSchema()));
        return created;
    }

    /**
     * Number of partitions of {@code delivery-events}, once every topic is known to be there and to be as the guarantees
     * need it.
     *
     * @throws TopicsException naming what is missing or wrong, and the command that mends it
     */
    public int checkedPartitions() {
        Map<String, TopicDescription> found = describe();
        refuseMissing(topics.all(), found);
        String wrong = TopicAudit.of(config, found, settings(found.keySet())).stream()
                .filter(deviation -> deviation.weight() == TopicDeviation.Weight.BREAKS)
                .map(deviation -> deviation.sentence() + "; mend it with: " + deviation.remedy())
                .collect(Collectors.joining("\n"));
        if (!wrong.isEmpty()) {
            throw new TopicsException(wrong);
        }
        return found.get(topics.deliveryEvents().name()).partitions().size();
    }

    /**
     * Makes sure that topics are there, whatever they are like.
     *
     * @throws TopicsException naming those that are missing, and the command that mends it
     * @throws KafkaException when the brokers refuse or do not answer
     */
    public void require(List<Spec> needed) {
        refuseMissing(needed, describe(needed.stream().map(Spec::name).toList()));
    }

    private void refuseMissing(List<Spec> needed, Map<String, TopicDescription> found) {
        List<String> missing = needed.stream()
                .map(Spec::name)
                .filter(name -> !found.containsKey(name))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new TopicsException("missing topics: " + String.join(", ", missing) + "; create them with: "
                    + new MendingCommands(config).createTopics());
        }
    }

    /**
     * All ways in which the topics differ from their declaration, the worst first.
     *
     * @throws KafkaException when the brokers refuse or do not answer
     */
    public List<TopicDeviation> deviations() {
        Map<String, TopicDescription> found = describe();
        return TopicAudit.of(config, found, settings(found.keySet()));
    }

    private Map<String, Config> settings(Set<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> settings = new TreeMap<>();
        try (Admin admin = Admin.create(config.adminClient())) {
            admin.describeConfigs(resources)
                    .all()
                    .get()
                    .forEach((resource, values) -> settings.put(resource.name(), values));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot look up the topics' settings: " + e.getCause().getMessage(), e.getCause());
        }
        return settings;
    }

    /** Where events are already, they decide: topics whose state meets theirs must have as many partitions. */
    private int partitions() {
        String events = topics.deliveryEvents().name();
        TopicDescription found = describe(List.of(events)).get(events);
        return found == null ? config.partitions() : found.partitions().size();
    }

    private NewTopic newTopic(Spec topic, int partitions) {
        return new NewTopic(topic.name(), topic.singlePartition() ? 1 : partitions, config.replicationFactor())
                .configs(topic.config());
    }

    /** The declared topics that exist, and the internal ones that have to match. */
    private Map<String, TopicDescription> describe() {
        List<String> names =
                new ArrayList<>(topics.all().stream().map(Spec::name).toList());
        names.addAll(TopicAudit.rekeyTopics(config));
        return describe(names);
    }

    private Map<String, TopicDescription> describe(List<String> names) {
        Map<String, TopicDescription> found = new TreeMap<>();
        try (Admin admin = Admin.create(config.adminClient())) {
            admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
                try {
                    found.put(name, description.get());
                } catch (InterruptedException e) {
                    throw interrupted(e);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw new KafkaException(
                                "cannot look up topic " + name + ": "
                                        + e.getCause().getMessage(),
                                e.getCause());
                    }
                }
            });
        }
        return found;
    }

    private static boolean wasCreated(String topic, KafkaFuture<Void> result) {
        try {
            result.get();
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new KafkaException(
                    "cannot create topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while waiting for the brokers", e);
    }
}
