package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How {@code rebound run} starts, waits and ends, as a process of its own; its exit code says what happened. */
@Timeout(180)
@ExtendWith(LocalStackExtension.class)
class LifecycleIT {

    private static final int NOBODY_LISTENS = 1;

    @TempDir
    private Path directory;

    private Process process;
    private Path log;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void sigtermStopsInOrder(RunningStack stack) throws Exception {
        try (TestCluster rebound = new TestCluster(stack, directory)) {
            log = directory.resolve("run.log");
            process = rebound.startProcess(log);
            for (int i = 0; i < 200; i++) {
                rebound.send(bounce("e" + i).setReply("550 5.1.1 unknown").build());
            }
            await("events to be routed", () -> rebound.routed() > 0);

            process.destroy();

            assertThat(exitCode()).isZero();
            assertThat(log).content().contains("Processing.", "Stopped.").doesNotContain("\tat ");
            process = rebound.startProcess(log);
            rebound.awaitCounted(200);
            assertThat(rebound.counted()).isEqualTo(200);
            assertThat(rebound.routed()).isEqualTo(200);
        }
    }

    @Test
    void waitsForBrokersAndStopsWhileItWaits() throws Exception {
        int http = ServicePort.free();
        run(Map.of("rebound.http.port", Integer.toString(http)));

        await("the instance to say that it waits", () -> get(http, "/health/ready")
                .contains("WAITING_FOR_CLUSTER"));
        assertThat(get(http, "/health/live")).contains("true");
        process.destroy();

        assertThat(exitCode()).isZero();
        assertThat(log).content().contains("Stopped.").doesNotContain("\tat ");
    }

    @Test
    void givesUpOnBrokersThatStayAway() throws Exception {
        run(Map.of("rebound.start.wait.ms", "0", "default.api.timeout.ms", "2000", "request.timeout.ms", "1000"));

        assertThat(exitCode()).isEqualTo(ExitCode.UNREACHABLE.code());
        assertThat(log).content().contains("the brokers do not answer").doesNotContain("\tat ");
    }

    @Test
    void missingTopicsAreNamedWithTheCommandThatMakesThem(RunningStack stack) throws Exception {
        run(Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.schemaRegistryUrl(),
                "rebound.topics.prefix", "nobody-made-these."));

        assertThat(exitCode()).isEqualTo(ExitCode.NOT_PREPARED.code());
        assertThat(log)
                .content()
                .contains("missing topics: nobody-made-these.", "rebound topics create")
                .doesNotContain("\tat ");
    }

    @Test
    void aTopicThatIsDeletedEndsTheInstance(RunningStack stack) throws Exception {
        try (TestCluster rebound = new TestCluster(stack, directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            run(Map.of(
                    "bootstrap.servers", stack.bootstrapServers(),
                    "schema.registry.url", stack.schemaRegistryUrl(),
                    "application.id", rebound.topics.prefix() + "watched",
                    "rebound.topics.prefix", rebound.topics.prefix(),
                    "rebound.topics.check.ms", "1000"));
            await("the instance to process", () -> Files.readString(log).contains("Processing."));

            String topic = rebound.topics.deferrals().name();
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);

            assertThat(exitCode()).isEqualTo(ExitCode.STOPPED.code());
            assertThat(log)
                    .content()
                    .contains("the processor stopped: missing topics: " + topic, "rebound topics create --config FILE")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aRegistryThatStaysAwayIsWaitedForAndThenNamed(RunningStack stack) throws Exception {
        try (TestCluster rebound = new TestCluster(stack, directory)) {
            run(Map.of(
                    "bootstrap.servers",
                    stack.bootstrapServers(),
                    "rebound.topics.prefix",
                    rebound.topics.prefix(),
                    "rebound.start.wait.ms",
                    "12000",
                    "rebound.registry.wait.ms",
                    "0"));

            assertThat(exitCode()).isEqualTo(ExitCode.UNREACHABLE.code());
            assertThat(log)
                    .content()
                    .contains("trying again in", "schema registry http://127.0.0.1:1", "check schema.registry.url")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aMisspeltKeyIsNamedWithTheNearestOne() throws Exception {
        run(Map.of("rebound.topic.prefix", "acme."));

        assertThat(exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(log)
                .content()
                .contains("unknown key rebound.topic.prefix; did you mean rebound.topics.prefix?")
                .doesNotContain("\tat ");
    }

    /** Runs against a cluster where nobody listens, but for what is given. */
    private void run(Map<String, String> given) throws IOException {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + NOBODY_LISTENS,
                "schema.registry.url",
                "http://127.0.0.1:" + NOBODY_LISTENS,
                "state.dir",
                directory.resolve("state").toString(),
                "rebound.http.port",
                "0"));
        keys.putAll(given);
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path file = Files.writeString(directory.resolve("run.properties"), text);
        log = directory.resolve("run.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private int exitCode() throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        return process.exitValue();
    }

    /** What a path answers; empty while nobody does. */
    private static String get(int port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }
}
