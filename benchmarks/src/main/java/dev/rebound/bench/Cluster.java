package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.local.LocalStack;
import dev.rebound.local.LocalStackException;
import dev.rebound.local.LocalStackOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** A broker in this process and a schema registry, with their data in a directory that goes away. */
final class Cluster implements AutoCloseable {

    private static final String BYTES_IN = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec";

    private final Path directory;
    private LocalStack stack;

    private Cluster(Path directory) {
        this.directory = directory;
    }

    /** One that is yet to be started. */
    static Cluster inTemporaryDirectory() throws IOException {
        return new Cluster(Files.createTempDirectory("rebound-bench"));
    }

    void start() throws LocalStackException {
        stack = LocalStack.start(
                new LocalStackOptions(path("data"), 0, 0),
                System.err::println,
                problem -> System.err.println("rebound bench: " + problem.getMessage()));
    }

    /** A file or directory that goes away with the cluster. */
    Path path(String name) {
        return directory.resolve(name);
    }

    /** Keys of a configuration for the cluster. */
    Map<String, String> keys(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                ReboundConfig.BOOTSTRAP_SERVERS,
                stack.bootstrapServers(),
                ReboundConfig.SCHEMA_REGISTRY_URL,
                stack.schemaRegistryUrl(),
                "auto.offset.reset",
                "earliest"));
        keys.putAll(more);
        return keys;
    }

    /** Bytes of batches, as they are stored, that were appended to topics since the start: of all topics, Kafka's own included. */
    long bytesWritten() {
        try {
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(BYTES_IN), "Count");
        } catch (JMException e) {
            throw new IllegalStateException("the broker does not tell how many bytes it took", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (stack != null) {
            stack.close();
        }
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
