package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.TopicDeviation.Weight;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicAuditTest {

    private static final Node NODE = new Node(1, "broker", 9092);

    private final ReboundConfig config = new ReboundConfig(Map.of(
            "bootstrap.servers", "broker:9092",
            "schema.registry.url", "http://registry:8081",
            "rebound.topics.partitions", "4"));

    private final Map<String, TopicDescription> descriptions = new HashMap<>();
    private final Map<String, Map<String, String>> settings = new HashMap<>();

    @BeforeEach
    void asDeclared() {
        for (Spec topic : config.topics().all()) {
            describe(topic.name(), topic.singlePartition() ? 1 : 4, 3, NODE);
            Map<String, String> declared = new HashMap<>(topic.config());
            declared.put("min.insync.replicas", "2");
            settings.put(topic.name(), declared);
        }
    }

    private void describe(String name, int partitions, int replicas, Node leader) {
        List<Node> nodes =
                IntStream.range(0, replicas).mapToObj(i -> new Node(i, "b", 1)).toList();
        List<TopicPartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(i -> new TopicPartitionInfo(i, leader, nodes, nodes, List.of(), List.of()))
                .toList();
        descriptions.put(name, new TopicDescription(name, false, infos));
    }

    private List<TopicDeviation> audit() {
        Map<String, Config> configs = new HashMap<>();
        settings.forEach((topic, values) -> {
            List<ConfigEntry> entries = new ArrayList<>();
            values.forEach((name, value) -> entries.add(new ConfigEntry(name, value)));
            configs.put(topic, new Config(entries));
        });
        return TopicAudit.of(config, descriptions, configs);
    }

    @Test
    void topicsAsDeclaredHaveNothingAgainstThem() {
        describe("rebound-rekey-repartition", 4, 3, NODE);

        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suppressions | cleanup.policy | delete | BREAKS | cleanup.policy=compact",
                "suppressions | cleanup.policy | compact,delete | BREAKS | cleanup.policy=compact",
                "domain-stats | cleanup.policy | delete | BREAKS | cleanup.policy=[compact,delete]",
                "provider-stats | cleanup.policy | compact | CHOICE | cleanup.policy=[compact,delete]",
                "domain-stats | retention.ms | 1000 | CHOICE | retention.ms=7776000000",
                "deliveries | cleanup.policy | compact | CHOICE | cleanup.policy=delete",
                "bounces-hard | max.message.bytes | 1048588 | BREAKS | max.message.bytes=1114124",
                "bounces-hard | retention.ms | 1000 | CHOICE | retention.ms=604800000",
                "delivery-events | message.timestamp.type | CreateTime | CHOICE | message.timestamp.type=LogAppendTime",
                "delivery-events | min.insync.replicas | 4 | BREAKS | min.insync.replicas=3",
                "delivery-events | min.insync.replicas | 3 | CHOICE | min.insync.replicas=1",
                "delivery-events | min.insync.replicas | 1 | CHOICE | min.insync.replicas=2"
            })
    void aSettingThatDiffersIsNamedWithTheCommandThatMendsIt(
            String topic, String name, String value, Weight weight, String remedy) {
        settings.get(topic).put(name, value);

        assertThat(audit()).singleElement().satisfies(deviation -> {
            assertThat(deviation.weight()).isEqualTo(weight);
            assertThat(deviation.topics()).containsExactly(topic);
            assertThat(deviation.sentence()).startsWith("topic " + topic + " has " + name + "=");
            assertThat(deviation.remedy())
                    .isEqualTo("kafka-configs --bootstrap-server broker:9092 --alter --topic " + topic
                            + " --add-config " + remedy);
        });
    }

    @Test
    void moreThanIsNeededIsNoDeviation() {
        settings.get("bounces-hard").put("max.message.bytes", "5000000");

        assertThat(audit()).isEmpty();
    }

    @Test
    void theOrderOfCleanupPoliciesMeansNothing() {
        settings.get("domain-stats").put("cleanup.policy", "delete,compact");

        assertThat(audit()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnceTheWorstFirst() {
        descriptions.remove("deferrals");
        descriptions.remove("complaints");
        settings.get("deliveries").put("retention.ms", "1");
        describe("status-codes", 2, 3, NODE);
        describe("rebound-rekey-repartition", 5, 3, NODE);
        describe("bounces-soft", 4, 3, null);

        assertThat(audit())
                .extracting(TopicDeviation::sentence)
                .containsExactly(
                        "each of 2 topics (deferrals, complaints) is missing",
                        "topic status-codes has 2 partitions (expected: 1)",
                        "topic rebound-rekey-repartition has 5 partitions and delivery-events has 4 (expected: the same"
                                + " number)",
                        "topic bounces-soft has 4 partitions without a leader",
                        "topic deliveries has retention.ms=1 (expected: 604800000)");
        assertThat(audit().get(0).remedy()).isEqualTo("rebound topics create --config FILE");
    }

    @Test
    void whatManyHaveInCommonIsToldOnce() {
        config.topics().all().forEach(topic -> {
            describe(topic.name(), topic.singlePartition() ? 1 : 4, 1, NODE);
            settings.get(topic.name()).put("min.insync.replicas", "1");
        });

        assertThat(audit()).singleElement().satisfies(deviation -> {
            assertThat(deviation.weight()).isEqualTo(Weight.CHOICE);
            assertThat(deviation.sentence())
                    .startsWith("each of 14 topics (delivery-events, status-codes, deliveries, ...) has one replica");
        });
    }

    @Test
    void anotherNumberOfPartitionsThanConfiguredMayBeMeantSo() {
        describe("delivery-events", 6, 3, NODE);
        describe("suppression-commands", 6, 3, NODE);

        assertThat(audit()).singleElement().satisfies(deviation -> {
            assertThat(deviation.weight()).isEqualTo(Weight.CHOICE);
            assertThat(deviation.remedy()).startsWith("rebound.topics.partitions=6");
        });
    }

    @Test
    void commandsMustBeWhereTheEventsOfTheirAddressAre() {
        describe("suppression-commands", 5, 3, NODE);
        describe("rebound-rekey-commands-repartition", 5, 3, NODE);

        assertThat(audit())
                .allSatisfy(deviation -> assertThat(deviation.weight()).isEqualTo(Weight.BREAKS));
        assertThat(audit())
                .extracting(TopicDeviation::sentence)
                .containsExactlyInAnyOrder(
                        "topic suppression-commands has 5 partitions and delivery-events has 4 (expected: the same"
                                + " number)",
                        "topic rebound-rekey-commands-repartition has 5 partitions and delivery-events has 4 (expected:"
                                + " the same number)");
    }
}
