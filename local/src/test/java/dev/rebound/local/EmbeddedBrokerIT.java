package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class EmbeddedBrokerIT {

    @TempDir
    private Path directory;

    @Test
    void onlyCommittedTransactionsAreRead(RunningStack stack) throws Exception {
        String topic = stack.newTopic("transactions", 1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", stack.newName("writer")),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "committed"));
            producer.commitTransaction();
        }

        assertThat(Topics.readCommitted(stack.bootstrapServers(), topic)).containsExactly("committed");
    }

    @Test
    void nothingIsDeletedThatNoTopicAsksToDelete(RunningStack stack) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, stack.newTopic("kept", 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            assertThat(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("-1");
        }
    }

    @Test
    void committedOffsetsOutliveTheBroker() throws Exception {
        int port = ServicePort.free();
        Map<TopicPartition, OffsetAndMetadata> offsets =
                Map.of(new TopicPartition("topic", 0), new OffsetAndMetadata(7));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port, EmbeddedBrokerIT::unexpected);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("topic", 1, (short) 1)))
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets("group", offsets).all().get();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port, EmbeddedBrokerIT::unexpected);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.listConsumerGroupOffsets("group")
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .containsExactlyEntriesOf(offsets);
        }
    }

    @Test
    void aBrokerThatLosesItsDirectorySaysSoAndLeavesTheProcessAlone(RunningStack other) throws Exception {
        BlockingQueue<LocalStackException> failures = new ArrayBlockingQueue<>(10);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, ServicePort.free(), failures::add);
                Admin admin = Admin.create(Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "request.timeout.ms",
                        "4000",
                        "default.api.timeout.ms",
                        "5000"))) {
            Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
            Files.move(directory, aside);
            Files.writeString(directory, "a file where the broker expects its directory");
            admin.createTopics(List.of(new NewTopic("topic", 1, (short) 1)));

            LocalStackException failure = failures.poll(60, TimeUnit.SECONDS);

            assertThat(failure)
                    .isNotNull()
                    .hasMessageContaining("The Kafka broker has stopped")
                    .hasMessageContaining(directory.toString());
            Files.delete(directory);
            Files.move(aside, directory);
        }
        assertThat(failures).as("told once").isEmpty();
        assertThat(other.newTopic("elsewhere", 1)).as("another broker goes on").isNotEmpty();
    }

    @Test
    void aDirectoryOfAnotherKindIsRefused() throws Exception {
        Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=42\ncluster.id=other\n");

        assertThatThrownBy(() -> EmbeddedBroker.start(directory, ServicePort.free(), EmbeddedBrokerIT::unexpected))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("The Kafka broker cannot start on " + directory)
                .hasMessageContaining("42");
    }

    private static void unexpected(LocalStackException failure) {
        throw new AssertionError(failure);
    }
}
