package dev.rebound.measure;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.local.LocalStack;
import dev.rebound.local.LocalStackOptions;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.AvroEncoder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a registry of its own in a directory that goes away, processors that are processes, and a place for figures. */
final class Workbench implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final Path data;
    private final LocalStack stack;
    private final PrintStream out;
    private final ReboundConfig config;
    private final List<Processor> running = new ArrayList<>();

    private Workbench(Path data, LocalStack stack, PrintStream out) {
        this.data = data;
        this.stack = stack;
        this.out = out;
        this.config = new ReboundConfig(keys(Map.of()));
    }

    static Workbench open(String name, PrintStream out) throws Exception {
        Path data = Files.createTempDirectory("rebound-" + name);
        return new Workbench(
                data,
                LocalStack.start(new LocalStackOptions(data, 0, 0), System.err::println, System.err::println),
                out);
    }

    private Map<String, String> keys(Map<String, String> changes) {
        Map<String, String> keys = new HashMap<>(Map.of(
                ReboundConfig.BOOTSTRAP_SERVERS,
                stack.bootstrapServers(),
                ReboundConfig.SCHEMA_REGISTRY_URL,
                stack.schemaRegistryUrl(),
                ReboundConfig.TOPICS_PARTITIONS,
                Integer.toString(PARTITIONS),
                "rebound.stop.timeout.ms",
                "120000",
                // An instance without its state directory is a new member: its predecessor's session would have to end
                // first.
                "session.timeout.ms",
                "6000"));
        keys.putAll(changes);
        return keys;
    }

    ReboundConfig config() {
        return config;
    }

    /** A directory or file of the bench. */
    Path path(String name) {
        return data.resolve(name);
    }

    /** Creates the topics and produces so many events. */
    void produce(int count, IntFunction<DeliveryEvent> events) throws Exception {
        try (Connections connections = new Connections(config, Duration.ofSeconds(20))) {
            new TopicAdmin(config).create(connections.schemas());
            AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
            String topic = config.topics().deliveryEvents().name();
            int schema = connections.schemas().id(topic, DeliveryEvent.getClassSchema());
            Properties properties = config.producerClient();
            properties.put("linger.ms", "50");
            properties.put("batch.size", "262144");
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < count; i++) {
                    DeliveryEvent event = events.apply(i);
                    producer.send(new ProducerRecord<>(topic, EventKey.of(event), encoder.framed(schema, event)));
                    if (i % 500_000 == 499_999) {
                        System.err.printf("%,d of %,d events produced%n", i + 1, count);
                    }
                }
            }
        }
    }

    /** Starts a processor with its state in a directory of that name. */
    Processor start(String name, Path state, Map<String, String> changes) throws Exception {
        Map<String, String> keys = keys(changes);
        keys.put("state.dir", Files.createDirectories(state).toString());
        Processor processor = Processor.start(keys, data.resolve(name + ".properties"), data.resolve(name + ".log"));
        running.add(processor);
        return processor;
    }

    void say(String what, String figure) {
        out.printf("%-60s %s%n", what, figure);
        out.flush();
    }

    static String megabytes(long bytes) {
        return String.format("%,d MB", bytes / 1_000_000);
    }

    static String time(Duration duration) {
        return String.format("%.1f s", duration.toMillis() / 1000.0);
    }

    static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Bytes in the files of a directory. */
    static long size(Path directory) throws IOException {
        return size(directory, "");
    }

    /** Bytes in the files below a directory whose path has a text. */
    static long size(Path directory, String text) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                try {
                    bytes += file.toString().contains(text) && Files.isRegularFile(file) ? Files.size(file) : 0;
                } catch (NoSuchFileException e) {
                    // Compacted away meanwhile.
                    continue;
                }
            }
        }
        return bytes;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        running.forEach(Processor::kill);
        stack.close();
        delete(data);
    }
}
