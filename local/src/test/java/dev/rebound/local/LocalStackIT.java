package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole stacks of its own, because it starts, breaks and stops them. */
class LocalStackIT {

    private static final Duration WELL_UNDER_A_MINUTE = Duration.ofSeconds(45);

    @TempDir
    private Path directory;

    @Test
    void recordsAndSchemasOutliveARestart() throws Exception {
        AvroSchema schema = new AvroSchema("{\"type\":\"record\",\"name\":\"Kept\",\"fields\":[]}");
        int id;
        try (LocalStack first = timedStart("first")) {
            id = new CachedSchemaRegistryClient(first.schemaRegistryUrl(), 10).register("kept-value", schema);
            write(first.bootstrapServers(), "kept", "a record");
        }

        long begin = System.nanoTime();
        try (LocalStack second = timedStart("second")) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WELL_UNDER_A_MINUTE);
            assertThat(new CachedSchemaRegistryClient(second.schemaRegistryUrl(), 10).getSchemaById(id))
                    .isEqualTo(schema);
            assertThat(Topics.readCommitted(second.bootstrapServers(), "kept")).containsExactly("a record");

            assertThatThrownBy(() -> start(options(), new ArrayBlockingQueue<>(1)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " ");
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingStaysBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(ServicePort.LOOPBACK))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> start(new LocalStackOptions(directory, 0, port), new ArrayBlockingQueue<>(1)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("Port " + port + " ")
                    .hasMessageContaining("--registry-port");
        }
        DataDirectory.open(directory).close();
    }

    @Test
    void aRegistryThatStopsIsReportedAndTheStackCanStillBeClosed() throws Exception {
        BlockingQueue<LocalStackException> failures = new ArrayBlockingQueue<>(10);
        try (LocalStack stack = start(options(), failures)) {
            stack.registryProcess().destroyForcibly();

            assertThat(failures.poll(30, TimeUnit.SECONDS))
                    .isNotNull()
                    .hasMessageContaining("The schema registry has stopped");
        }
        assertThat(failures).as("told once").isEmpty();
    }

    @Test
    void theRegistryEndsWithAProcessThatIsKilled() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + RegistryHome.PROPERTY + "=" + RegistryHome.find(),
                        Program.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle registry;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("started");
            registry = program.children().findFirst().orElseThrow();
            assertThat(registry.isAlive()).isTrue();
        } finally {
            program.destroyForcibly();
        }

        registry.onExit().get(20, TimeUnit.SECONDS);
        try (LocalStack again = timedStart("after a kill")) {
            assertThat(again.bootstrapServers()).startsWith(ServicePort.LOOPBACK);
        }
    }

    /** Starts a stack, says so, and waits to be killed. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            LocalStack.start(
                    new LocalStackOptions(Path.of(args[0]), 0, 0), System.err::println, Throwable::printStackTrace);
            System.out.println("started");
            Thread.currentThread().join();
        }
    }

    private LocalStack timedStart(String which) throws LocalStackException {
        long begin = System.nanoTime();
        LocalStack stack = start(options(), new ArrayBlockingQueue<>(10));
        System.err.printf("%s start of a local stack: %d ms%n", which, (System.nanoTime() - begin) / 1_000_000);
        return stack;
    }

    private LocalStackOptions options() {
        return new LocalStackOptions(directory, 0, 0);
    }

    private static LocalStack start(LocalStackOptions options, BlockingQueue<LocalStackException> failures)
            throws LocalStackException {
        List<String> progress = new ArrayList<>();
        LocalStack stack = LocalStack.start(options, progress::add, failures::add);
        assertThat(progress).anyMatch(line -> line.contains(stack.bootstrapServers()));
        assertThat(progress).anyMatch(line -> line.contains(stack.schemaRegistryUrl()));
        return stack;
    }

    private static void write(String bootstrapServers, String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
        }
    }
}
