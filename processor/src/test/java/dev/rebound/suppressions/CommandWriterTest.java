package dev.rebound.suppressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.serde.Schemas;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class CommandWriterTest {

    private static final ReboundConfig NOWHERE =
            new ReboundConfig(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));

    private static SuppressionCommand.Builder command() {
        return SuppressionCommand.newBuilder()
                .setCommandId("id")
                .setIssuedAt(Instant.EPOCH)
                .setAction(SuppressionAction.ADD)
                .setList("acme/news")
                .setAddress("jo@example.org")
                .setReason(SuppressionReason.MANUAL)
                .setSource(SuppressionSource.OPERATOR)
                .setBy("ops")
                .setWhy("w");
    }

    private static CommandWriter writer() {
        return new CommandWriter(NOWHERE, schemas(), Duration.ofMillis(300));
    }

    private static Schemas schemas() {
        Schemas schemas = new Schemas(new MockSchemaRegistryClient(), "mock");
        schemas.register("suppression-commands", SuppressionCommand.getClassSchema());
        return schemas;
    }

    @Test
    void aProducerThatAnotherThreadHasClosedIsAFailureOfTheClusterAndReplaced() {
        List<PlacedCommand> commands = List.of(PlacedCommand.of(command().build()));
        List<MockProducer<byte[], byte[]>> producers = List.of(producer(), producer());
        Iterator<MockProducer<byte[], byte[]>> next = producers.iterator();
        try (CommandWriter writer =
                new CommandWriter(NOWHERE, schemas(), Duration.ofMillis(300), properties -> next.next())) {
            producers.get(0).close();

            assertThatThrownBy(() -> writer.write(commands))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageStartingWith("cannot write to topic suppression-commands: ");
            assertThat(writer.write(commands)).hasSize(1);
        }
        assertThat(producers.get(1).history()).hasSize(1);
    }

    private static MockProducer<byte[], byte[]> producer() {
        PartitionInfo partition = new PartitionInfo("suppression-commands", 0, null, null, null);
        Cluster cluster = new Cluster("c", List.of(), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Test
    void brokersThatDoNotAnswerAreNoSuccess() {
        try (CommandWriter writer = writer()) {
            List<PlacedCommand> commands = List.of(PlacedCommand.of(command().build()));
            assertThatThrownBy(() -> writer.write(commands))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageStartingWith("cannot write to topic suppression-commands: ");
        }
    }

    @Test
    void aWriterThatIsClosedWritesNothing() {
        CommandWriter writer = writer();
        writer.close();
        assertThatThrownBy(() -> writer.write(List.of(PlacedCommand.of(command().build()))))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("this instance is stopping");
    }

    @Test
    void whatBreaksTheRulesIsRefusedBeforeAnythingIsWritten() {
        try (CommandWriter writer = writer()) {
            List<PlacedCommand> commands = List.of(
                    PlacedCommand.of(command().build()),
                    PlacedCommand.of(command().setWhy("").build()));
            assertThatThrownBy(() -> writer.write(commands))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("why cannot be used");
        }
    }

    @Test
    void aCommandGoesWhereItsTenantsAddressIs() {
        assertThat(new String(PlacedCommand.of(command().build()).home(), StandardCharsets.UTF_8))
                .isEqualTo("acme|jo@example.org");
        SuppressionCommand standIn =
                command().setList("*").setAddress("hash:" + "0".repeat(64)).build();
        assertThat(new String(new PlacedCommand(standIn, "jo@example.org").home(), StandardCharsets.UTF_8))
                .isEqualTo("*|jo@example.org");
    }
}
