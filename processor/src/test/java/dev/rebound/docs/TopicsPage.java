package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;

import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.TopologyDescription;

/** Every topic, declared or made by Kafka Streams for the topology. */
final class TopicsPage {

    private static final String PARTITIONS = "rebound.topics.partitions";

    private TopicsPage() {}

    static Page of(Topics topics, TopologyDescription topology) {
        Markdown page = Markdown.generated("Topics")
                .paragraph("""
                        Keys are UTF-8 text, never encoded through the registry. Values are Avro in Confluent's wire format: a zero
                        byte, the schema's id in four bytes, Avro binary; the columns name the schema, see [schemas](schemas.md). Every
                        name can be given a prefix, `rebound.topics.prefix`. `rebound topics create` makes these topics and registers
                        their schemas; what exists stays as it is.""")
                .paragraph("“Configured” partitions: " + code(PARTITIONS) + ", "
                        + ReboundConfig.DEFINITION.defaultValues().get(PARTITIONS) + " by default.")
                .table(
                        List.of(
                                "topic",
                                "key",
                                "value",
                                "partitions",
                                "cleanup",
                                "retention",
                                "max bytes",
                                "timestamp",
                                "purpose"),
                        topics.all().stream().map(TopicsPage::row).toList())
                .heading("Headers of dead letters")
                .paragraph("""
                        A record of `delivery-events-dlq` has the key and value of the record that could not be processed, byte for
                        byte, and that record's headers. Headers of Rebound's own, as UTF-8 text, say why and where:
                        `rebound.dlq.reason` (a fixed name, for counting), `rebound.dlq.detail` (a sentence), `rebound.dlq.topic`,
                        `rebound.dlq.partition` and `rebound.dlq.offset`. What is too large to be written again (`OVERSIZE`) comes
                        without key, value and headers of its own: it stands at the place that the headers name.""")
                .heading("Internal topics")
                .paragraph("""
                        Kafka Streams makes these itself; before each name stand the `application.id` and a dash. Nothing else should
                        write to them, and their names must not change: they hold the state of running instances.
                        [Topology](topology.md) shows the steps between them.""")
                .table(
                        List.of("topic", "kind", "cleanup", "retention", "max bytes", "written by", "read by"),
                        internal(topology));
        return new Page("topology-docs/topics.md", page.toString());
    }

    private static List<String> row(Spec topic) {
        return List.of(
                code(topic.name()),
                topic.valueSchema() == null ? topic.key() : code(topic.key()),
                topic.valueSchema() == null
                        ? "as read"
                        : code(topic.valueSchema().getName()),
                topic.singlePartition() ? "1" : "configured",
                topic.config().get(TopicConfig.CLEANUP_POLICY_CONFIG),
                retention(topic),
                topic.config().getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "the broker's"),
                topic.config().getOrDefault(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "the broker's"),
                topic.purpose());
    }

    private static String retention(Spec topic) {
        String millis = topic.config().get(TopicConfig.RETENTION_MS_CONFIG);
        if (millis != null) {
            return Duration.ofMillis(Long.parseLong(millis)).toDays() + " days";
        }
        return topic.config().get(TopicConfig.CLEANUP_POLICY_CONFIG).equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? "the latest per key"
                : "the broker's";
    }

    private static List<List<String>> internal(TopologyDescription topology) {
        String maxBytes = Integer.toString(Topics.OUTPUT_MAX_BYTES);
        TopologyGraph graph = new TopologyGraph(topology);
        List<List<String>> rows = new ArrayList<>();
        for (String topic : graph.repartitionTopics()) {
            rows.add(List.of(
                    code(topic),
                    "repartition",
                    "delete",
                    "until processed",
                    maxBytes,
                    codes(graph.writersOf(topic)),
                    codes(graph.readersOf(topic))));
        }
        for (String store : graph.stores()) {
            rows.add(List.of(
                    code(store + "-changelog"),
                    "changelog of store " + code(store),
                    "compact",
                    "the latest per key",
                    maxBytes,
                    codes(graph.usersOf(store)),
                    "restoring instances"));
        }
        return rows;
    }

    private static String codes(List<String> names) {
        return String.join(", ", names.stream().map(Markdown::code).toList());
    }
}
