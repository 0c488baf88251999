package dev.rebound.app;

import dev.rebound.app.TopicDeviation.Weight;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Compares topics as they are with their declaration. Knows what the brokers said and asks them nothing. */
final class TopicAudit {

    private static final String TOPIC = "TOPIC";

    private final ReboundConfig config;
    private final Topics topics;
    private final MendingCommands commands;
    private final Map<Finding, List<String>> found = new LinkedHashMap<>();

    private TopicAudit(ReboundConfig config) {
        this.config = config;
        this.topics = config.topics();
        this.commands = new MendingCommands(config);
    }

    /** What several topics can have in common: a deviation without their names, which the remedy calls {@code TOPIC}. */
    private record Finding(Weight weight, String problem, String remedy) {}

    /** Names of the internal topics for records that came in another partition than their key's. */
    static List<String> rekeyTopics(ReboundConfig config) {
        return ReboundTopology.rekeyTopics(config.applicationId());
    }

    /**
     * All deviations at once, the worst first.
     *
     * @param descriptions of the topics that exist, by name; those of {@link #rekeyTopics} are looked at when they are there
     * @param settings of the topics, by name; topics without an entry are not compared with their settings
     */
    static List<TopicDeviation> of(
            ReboundConfig config, Map<String, TopicDescription> descriptions, Map<String, Config> settings) {
        TopicAudit audit = new TopicAudit(config);
        audit.topics.all().forEach(topic -> audit.look(topic, descriptions.get(topic.name()), settings));
        audit.lookAtPartitions(descriptions);
        return audit.deviations();
    }

    private List<TopicDeviation> deviations() {
        List<TopicDeviation> deviations = new ArrayList<>();
        for (Weight weight : Weight.values()) {
            found.forEach((finding, names) -> {
                if (finding.weight() == weight) {
                    String subject = names.size() == 1 ? names.get(0) : TOPIC;
                    deviations.add(new TopicDeviation(
                            weight,
                            List.copyOf(names),
                            finding.problem(),
                            finding.remedy().replace(TOPIC, subject)));
                }
            });
        }
        return deviations;
    }

    private void add(Weight weight, String topic, String problem, String remedy) {
        found.computeIfAbsent(new Finding(weight, problem, remedy), finding -> new ArrayList<>())
                .add(topic);
    }

    private void look(Spec topic, TopicDescription description, Map<String, Config> settings) {
        if (description == null) {
            add(Weight.BREAKS, topic.name(), "is missing", commands.createTopics());
            return;
        }
        lookAtReplicas(topic, description);
        Config actual = settings.get(topic.name());
        if (actual != null) {
            lookAtSize(topic, actual);
            lookAtCleanup(topic, actual);
            lookAtChoices(topic, actual);
            lookAtInSync(topic, description, actual);
        }
    }

    private void lookAtPartitions(Map<String, TopicDescription> descriptions) {
        TopicDescription codes = descriptions.get(topics.statusCodes().name());
        if (codes != null && codes.partitions().size() != 1) {
            add(
                    Weight.BREAKS,
                    codes.name(),
                    "has " + codes.partitions().size() + " partitions (expected: 1)",
                    commands.deleteTopic(TOPIC) + "; then: " + commands.createTopics());
        }
        TopicDescription events = descriptions.get(topics.deliveryEvents().name());
        if (events == null) {
            return;
        }
        int partitions = events.partitions().size();
        for (String rekey : rekeyTopics(config)) {
            lookAtEqual(
                    descriptions.get(rekey),
                    events,
                    "stop all instances, then: " + commands.deleteTopic(TOPIC) + "; and start again");
        }
        // What stands in both topics about an address meets in one state, and Kafka Streams does not compare their
        // partitions.
        lookAtEqual(
                descriptions.get(topics.suppressionCommands().name()),
                events,
                "copy what is in it, then: " + commands.deleteTopic(TOPIC) + "; " + commands.createTopics() + " with "
                        + ReboundConfig.TOPICS_PARTITIONS + "=" + partitions + "; and copy it back");
        if (partitions != config.partitions()) {
            add(
                    Weight.CHOICE,
                    events.name(),
                    "has " + partitions + " partitions (configured: " + config.partitions() + ")",
                    ReboundConfig.TOPICS_PARTITIONS + "=" + partitions
                            + " says what is; it counts only where topics are created");
        }
    }

    private void lookAtEqual(TopicDescription topic, TopicDescription events, String remedy) {
        int partitions = events.partitions().size();
        if (topic != null && topic.partitions().size() != partitions) {
            add(
                    Weight.BREAKS,
                    topic.name(),
                    "has " + topic.partitions().size() + " partitions and " + events.name() + " has " + partitions
                            + " (expected: the same number)",
                    remedy);
        }
    }

    private void lookAtReplicas(Spec topic, TopicDescription description) {
        int replicas = replicas(description);
        if (config.replicationFactor() > 0 && replicas != config.replicationFactor()) {
            add(
                    Weight.CHOICE,
                    topic.name(),
                    "has " + replicas + " replicas (configured: " + config.replicationFactor() + ")",
                    "move it with kafka-reassign-partitions, or set " + ReboundConfig.TOPICS_REPLICATION + "="
                            + replicas);
        } else if (replicas == 1) {
            add(
                    Weight.CHOICE,
                    topic.name(),
                    "has one replica: what is there is lost with one broker's disk",
                    "on a cluster of several brokers, set " + ReboundConfig.TOPICS_REPLICATION
                            + "=3 before topics are created, or move them with kafka-reassign-partitions");
        }
        long leaderless = description.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .count();
        if (leaderless > 0) {
            add(
                    Weight.UNAVAILABLE,
                    topic.name(),
                    "has " + leaderless + " partitions without a leader",
                    "start the brokers that hold them; kafka-topics --describe --unavailable-partitions lists them");
        }
    }

    private static int replicas(TopicDescription description) {
        return description.partitions().stream()
                .map(TopicPartitionInfo::replicas)
                .mapToInt(List::size)
                .min()
                .orElse(0);
    }

    private void lookAtSize(Spec topic, Config actual) {
        String name = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
        String declared = topic.config().get(name);
        String value = value(actual, name);
        if (value != null && Long.parseLong(value) < Long.parseLong(declared)) {
            // Under exactly-once a record that the broker refuses as too large blocks the commit for ever.
            differs(Weight.BREAKS, topic, name, value, "at least " + declared, declared);
        }
    }

    private void lookAtCleanup(Spec topic, Config actual) {
        String name = TopicConfig.CLEANUP_POLICY_CONFIG;
        String declared = topic.config().get(name);
        String value = value(actual, name);
        if (value == null || policies(value).equals(policies(declared))) {
            return;
        }
        // What is deleted from a table is lost; a table that is to be kept small can grow.
        boolean isTable = declared.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                || policies(declared).contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                        && !policies(value).contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        differs(isTable ? Weight.BREAKS : Weight.CHOICE, topic, name, value, declared, declared);
    }

    private static Set<String> policies(String list) {
        return Set.copyOf(List.of(list.split(",")));
    }

    private void lookAtChoices(Spec topic, Config actual) {
        for (String name : List.of(
                TopicConfig.RETENTION_MS_CONFIG,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                TopicConfig.DELETE_RETENTION_MS_CONFIG)) {
            String declared = topic.config().get(name);
            String value = value(actual, name);
            if (declared != null && value != null && !value.equals(declared)) {
                differs(Weight.CHOICE, topic, name, value, declared, declared);
            }
        }
    }

    private void lookAtInSync(Spec topic, TopicDescription description, Config actual) {
        String name = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
        String value = value(actual, name);
        int replicas = replicas(description);
        if (value == null) {
            return;
        }
        int needed = Integer.parseInt(value);
        if (needed > replicas) {
            differs(Weight.BREAKS, topic, name, value, "at most " + replicas + ", its replicas", "" + replicas);
        } else if (replicas > 2 && needed == 1) {
            differs(Weight.CHOICE, topic, name, value, "2, so that what was acknowledged is on two brokers", "2");
        } else if (replicas > 1 && needed == replicas) {
            differs(Weight.CHOICE, topic, name, value, "fewer than its replicas, so that one may be away", "1");
        }
    }

    private void differs(Weight weight, Spec topic, String name, String value, String expected, String remedy) {
        add(
                weight,
                topic.name(),
                "has " + name + "=" + value + " (expected: " + expected + ")",
                commands.alterTopic(TOPIC, name, remedy));
    }

    private static String value(Config actual, String name) {
        ConfigEntry entry = actual.get(name);
        // A list comes as the brokers keep it: the order of its elements means nothing.
        return entry == null || entry.value() == null
                ? null
                : String.join(
                        ",", Arrays.stream(entry.value().split(",")).sorted().toList());
    }
}
