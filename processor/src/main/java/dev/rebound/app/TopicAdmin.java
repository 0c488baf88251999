package dev.rebound.app;

import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.common.config.TopicConfig;
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
        try (Admin admin = Admin.create(config.client())) {
            List<NewTopic> wanted = topics.all().stream().map(this::newTopic).toList();
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
     * Number of partitions of {@code delivery-events}, once every topic is known to be there.
     *
     * @throws TopicsException naming what is missing or wrong, and the command that mends it
     */
    public int checkedPartitions() {
        Map<String, TopicDescription> found = describe();
        Set<String> missing = topics.all().stream()
                .map(Spec::name)
                .filter(name -> !found.containsKey(name))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        if (!missing.isEmpty()) {
            throw new TopicsException("missing topics: " + String.join(", ", missing)
                    + "; create them with: rebound topics create --bootstrap-server " + config.bootstrapServers()
                    + " --schema-registry " + config.schemaRegistryUrl());
        }
        checkSettings();
        int codes = partitions(found, topics.statusCodes());
        if (codes != 1) {
            throw new TopicsException("topic " + topics.statusCodes().name() + " has " + codes
                    + " partitions (expected: 1); delete it and run rebound topics create");
        }
        int events = partitions(found, topics.deliveryEvents());
        String rekey = config.applicationId() + "-rekey-repartition";
        Optional.ofNullable(describe(List.of(rekey)).get(rekey)).ifPresent(description -> {
            if (description.partitions().size() != events) {
                throw new TopicsException("topic " + rekey + " has "
                        + description.partitions().size() + " partitions and "
                        + topics.deliveryEvents().name() + " has " + events
                        + " (expected: the same number); stop all instances, delete " + rekey + ", and start again");
            }
        });
        return events;
    }

    /** Settings that the guarantees rest on; others, such as retention, are the administrator's choice. */
    private void checkSettings() {
        Map<ConfigResource, Spec> resources = new LinkedHashMap<>();
        topics.all()
                .forEach(topic -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic));
        try (Admin admin = Admin.create(config.client())) {
            admin.describeConfigs(resources.keySet())
                    .all()
                    .get()
                    .forEach((resource, settings) -> checkSettings(resources.get(resource), settings));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot look up the topics' settings: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void checkSettings(Spec topic, Config settings) {
        int size = Integer.parseInt(
                settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        String expectedSize = topic.config().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (size < Integer.parseInt(expectedSize)) {
            // Under exactly-once a record that the broker refuses as too large blocks the commit for ever.
            throw wrongSetting(
                    topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + size, "at least " + expectedSize, expectedSize);
        }
        String cleanup = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        String expectedCleanup = topic.config().get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (expectedCleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT) && !cleanup.equals(expectedCleanup)) {
            throw wrongSetting(topic, TopicConfig.CLEANUP_POLICY_CONFIG, cleanup, expectedCleanup, expectedCleanup);
        }
    }

    private TopicsException wrongSetting(Spec topic, String name, String value, String expected, String remedy) {
        return new TopicsException("topic " + topic.name() + " has " + name + "=" + value + " (expected: " + expected
                + "); mend it with: kafka-configs --bootstrap-server " + config.bootstrapServers()
                + " --alter --topic " + topic.name() + " --add-config " + name + "=" + remedy);
    }

    private NewTopic newTopic(Spec topic) {
        int partitions = topic.singlePartition() ? 1 : config.partitions();
        return new NewTopic(topic.name(), partitions, config.replicationFactor()).configs(topic.config());
    }

    private static int partitions(Map<String, TopicDescription> found, Spec topic) {
        return found.get(topic.name()).partitions().size();
    }

    private Map<String, TopicDescription> describe() {
        return describe(topics.all().stream().map(Spec::name).toList());
    }

    private Map<String, TopicDescription> describe(List<String> names) {
        Map<String, TopicDescription> found = new TreeMap<>();
        try (Admin admin = Admin.create(config.client())) {
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
