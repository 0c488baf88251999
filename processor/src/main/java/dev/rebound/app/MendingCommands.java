package dev.rebound.app;

import dev.rebound.config.ReboundConfig;
import java.util.Map;
import java.util.stream.Collectors;

/** The commands that messages name as remedies, with the addresses of a configuration and never its secrets. */
public final class MendingCommands {

    private final ReboundConfig config;

    /** For the cluster of a configuration. */
    public MendingCommands(ReboundConfig config) {
        this.config = config;
    }

    /** Creates missing topics and registers schemas. */
    public String createTopics() {
        return "rebound topics create "
                + (config.isMadeFromAddresses()
                        ? "--bootstrap-server " + config.bootstrapServers() + " --schema-registry "
                                + config.schemaRegistryUrl()
                        : "--config FILE");
    }

    /** Creates a topic that Rebound does not declare. */
    public String createTopic(String topic, int partitions, Map<String, String> settings) {
        return kafka("kafka-topics") + " --create --topic " + topic + " --partitions " + partitions
                + settings.entrySet().stream()
                        .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                        .sorted()
                        .collect(Collectors.joining());
    }

    /** Gives a topic more partitions. */
    public String addPartitions(String topic, int partitions) {
        return kafka("kafka-topics") + " --alter --topic " + topic + " --partitions " + partitions;
    }

    /** Changes a setting of a topic. */
    public String alterTopic(String topic, String setting, String value) {
        // A comma separates settings, but for those within brackets.
        String grouped = value.contains(",") ? '[' + value + ']' : value;
        return kafka("kafka-configs") + " --alter --topic " + topic + " --add-config " + setting + "=" + grouped;
    }

    /** Deletes a topic. */
    public String deleteTopic(String topic) {
        return kafka("kafka-topics") + " --delete --topic " + topic;
    }

    /**
     * Lets Rebound's user do something.
     *
     * @param operation Kafka's word, such as {@code Write}
     * @param resource options that name what it is done to, such as {@code --topic bounces-hard}
     */
    public String allow(String operation, String resource) {
        return kafka("kafka-acls") + " --add --allow-principal User:"
                + config.brokerUser().orElse("NAME") + " --operation " + operation + " " + resource;
    }

    private String kafka(String tool) {
        return tool + " --bootstrap-server " + config.bootstrapServers()
                + (config.isSecured() ? " --command-config FILE" : "");
    }
}
