package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.local.ReboundProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The documented examples of secured clusters work as they stand, with the documented permissions, and show no secret. */
@ExtendWith(LocalStackExtension.class)
class SecuredClusterIT {

    private static final String EVENT =
            "{\"eventId\":\"e1\",\"eventTime\":\"2026-03-01T12:00:00Z\",\"recipient\":\"someone@example.com\","
                    + "\"outcome\":\"BOUNCED\",\"reply\":\"550 5.1.1 unknown\"}\n";

    @TempDir
    private static Path shared;

    private static SecuredCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(RunningStack stack) throws Exception {
        cluster = new SecuredCluster(stack, shared);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aUserWithAPasswordCreatesTopicsIngestsProcessesAndReadsCodes(RunningStack stack) throws Exception {
        String name = stack.newName("sasl");
        cluster.allow(SecuredCluster.USER, name);
        worksFromEndToEnd(cluster.own(cluster.saslExample(), name), name);
    }

    @Test
    void aClientWithACertificateDoesToo(RunningStack stack) throws Exception {
        String name = stack.newName("certificate");
        cluster.allow(Certificates.CLIENT, name);
        worksFromEndToEnd(cluster.own(cluster.certificateExample(), name), name);
    }

    /** Kafka Streams' prefixes are for its clients; those of the commands take the connection from them and no more. */
    @Test
    void keysForSingleClientsOfKafkaStreamsHarmNoCommand(RunningStack stack) throws Exception {
        String name = stack.newName("prefixed");
        cluster.allow(SecuredCluster.USER, name);
        Map<String, String> keys = cluster.own(cluster.saslExample(), name);
        String credentials = keys.get("sasl.jaas.config");
        keys.put("sasl.jaas.config", credentials.replace(SecuredCluster.PASSWORD, "wr0ng-s3cret"));
        for (String prefix : List.of("admin.", "producer.", "consumer.")) {
            keys.put(prefix + "sasl.jaas.config", credentials);
        }
        keys.put("main.consumer.max.poll.records", "50");
        keys.put("consumer.fetch.max.wait.ms", "100");
        keys.put("producer.linger.ms", "5");
        keys.put("admin.retries", "3");
        worksFromEndToEnd(keys, name);
    }

    private void worksFromEndToEnd(Map<String, String> keys, String name) throws Exception {
        String file = cluster.file(keys).toString();
        assertOk(run("topics", "create", "--config", file));
        assertThat(assertOk(run("config", "check", "--config", file)).out()).doesNotContain("FAILED", "SKIPPED");
        Path output = directory.resolve("run.out");
        Path log = directory.resolve("run.log");
        Process processor = ReboundProcess.start(output, log, "run", "--config", file);
        try {
            Path events = Files.writeString(directory.resolve("events.ndjson"), EVENT);
            assertOk(run(
                    "ingest",
                    "ndjson",
                    events.toString(),
                    "--ledger",
                    "" + directory.resolve("ledger"),
                    "--config",
                    file));
            await("the event to be routed", () -> {
                assertThat(processor.isAlive()).as("%s", output).isTrue();
                return records(name + ".bounces-hard") > 0;
            });
            assertThat(assertOk(run("codes", "list", "--config", file)).out()).contains("5.1.1");
        } finally {
            processor.destroy();
            processor.waitFor(60, TimeUnit.SECONDS);
            processor.destroyForcibly();
        }
        assertThat(Files.readString(log))
                .as("the log has the settings of Kafka's clients")
                .contains("security.protocol = ", "ssl.truststore.password = [hidden]");
        assertNoSecretWasWritten();
    }

    private Ended run(String... arguments) throws Exception {
        return ReboundProcess.run(directory, arguments);
    }

    private static Ended assertOk(Ended ended) {
        assertThat(ended.exitCode()).as("%s", ended).isZero();
        assertThat(ended.err()).doesNotContain("\tat ");
        return ended;
    }

    /** Whatever the processes wrote is in this directory. */
    private void assertNoSecretWasWritten() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written).hasSizeGreaterThan(8).allSatisfy(file -> assertThat(Files.readString(file))
                    .as("%s", file)
                    .doesNotContain(SecuredCluster.SECRETS)
                    .doesNotContain("wr0ng-s3cret"));
        }
    }

    private static long records(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.openBootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
