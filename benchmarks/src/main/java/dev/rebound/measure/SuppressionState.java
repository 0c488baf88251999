package dev.rebound.measure;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.local.LocalStack;
import dev.rebound.local.LocalStackOptions;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.serde.AvroEncoder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What two million suppressed addresses cost: disk and memory of the processor, a start with the state directory and without it, the
 * takeover by a standby, and look-ups. Prints a line for each figure.
 */
public final class SuppressionState {

    private static final int PARTITIONS = 4;
    private static final int LOOK_UPS = 20_000;
    private static final int AT_ONCE = 10_000;
    private static final String LISTED = "u%d@d%d.example";

    private final PrintStream out;
    private final int recipients;
    private final Path data;
    private final LocalStack stack;
    private final ReboundConfig config;
    private final List<Processor> running = new ArrayList<>();

    private SuppressionState(PrintStream out, int recipients, Path data, LocalStack stack) {
        this.out = out;
        this.recipients = recipients;
        this.data = data;
        this.stack = stack;
        this.config = new ReboundConfig(keys(Map.of()));
    }

    /** Measures with so many addresses, 2,000,000 when none are given. */
    public static void main(String[] args) throws Exception {
        int recipients = args.length == 0 ? 2_000_000 : Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("rebound-suppression-state");
        try (LocalStack stack =
                LocalStack.start(new LocalStackOptions(data, 0, 0), System.err::println, System.err::println)) {
            SuppressionState measurement = new SuppressionState(System.out, recipients, data, stack);
            try {
                measurement.run();
            } finally {
                measurement.running.forEach(Processor::kill);
            }
        } finally {
            delete(data);
        }
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

    private void run() throws Exception {
        try (Connections connections = new Connections(config, Duration.ofSeconds(20))) {
            new TopicAdmin(config).create(connections.schemas());
            produce(connections);
        }
        Path state = data.resolve("state-a");
        Processor first = start("a", state, Map.of());
        long begin = System.nanoTime();
        first.awaitReady();
        Progress progress = new Progress(config);
        progress.awaitAll(recipients);
        double taken = seconds(begin);
        say("addresses suppressed", String.format("%,d", recipients));
        say("taking the bounces in, a state write each", String.format("%,.0f/s", recipients / taken));
        say("memory of the process (RSS, -Xmx1g)", megabytes(first.residentBytes()));
        new LookUps(first.url(), LISTED, recipients).measure(LOOK_UPS, AT_ONCE).forEach(this::say);
        first.stop();
        long disk = size(state);
        say("state directory", megabytes(disk) + perAddress(disk));
        long log = size(data.resolve("broker"));
        say("all topics on the broker, one copy", megabytes(log) + perAddress(log));

        Processor kept = start("a", state, Map.of());
        say("start to ready, state directory kept", time(kept.awaitReady()));
        kept.stop();
        delete(state);
        Processor restored = start("a", state, Map.of());
        say("start to ready, state directory lost", time(restored.awaitReady()));

        Path other = data.resolve("state-b");
        Map<String, String> standby = Map.of("num.standby.replicas", "1");
        restored.stop();
        Processor active = start("a", state, standby);
        active.awaitReady();
        begin = System.nanoTime();
        Processor second = start("b", other, standby);
        second.awaitReady();
        LookUps all = new LookUps(second.url(), LISTED, recipients);
        say("a second instance with standbys has its copies after", time(awaitAtRest(other, begin)));
        active.kill();
        begin = System.nanoTime();
        all.awaitAllAnswered();
        say(
                "first instance killed, all addresses answered for after",
                time(Duration.ofNanos(System.nanoTime() - begin)));
        all.awaitAllFresh();
        say("... and none of the answers stale after", time(Duration.ofNanos(System.nanoTime() - begin)));
    }

    /** Until a directory has not grown for some time: standbys do not say when they have caught up. */
    private static Duration awaitAtRest(Path directory, long begin) throws Exception {
        long last = -1;
        long changed = System.nanoTime();
        while (System.nanoTime() - changed < Duration.ofSeconds(10).toNanos()) {
            long now = size(directory);
            if (now != last) {
                last = now;
                changed = System.nanoTime();
            }
            Thread.sleep(200);
        }
        return Duration.ofNanos(changed - begin);
    }

    private void produce(Connections connections) throws Exception {
        AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
        String topic = config.topics().deliveryEvents().name();
        int schema = connections.schemas().id(topic, DeliveryEvent.getClassSchema());
        Properties properties = config.producerClient();
        properties.put("linger.ms", "50");
        properties.put("batch.size", "262144");
        Instant now = Instant.now();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < recipients; i++) {
                DeliveryEvent event = DeliveryEvent.newBuilder()
                        .setEventId(String.format("%032x", i * 0x9e3779b97f4a7c15L))
                        .setEventTime(now.minusMillis(i))
                        .setTenant("default")
                        .setMessageId(i + ".mailing@sender.example")
                        .setRecipient(String.format(LISTED, i, i % 500))
                        .setOutcome(Outcome.BOUNCED)
                        .setRemoteHost("mx.d" + i % 500 + ".example")
                        .setReply("550 5.1.1 <" + String.format(LISTED, i, i % 500)
                                + ">: Recipient address rejected: User unknown in virtual mailbox table")
                        .build();
                producer.send(new ProducerRecord<>(topic, EventKey.of(event), encoder.framed(schema, event)));
                if (i % 500_000 == 499_999) {
                    System.err.printf("%,d of %,d bounces produced%n", i + 1, recipients);
                }
            }
        }
    }

    private Processor start(String name, Path state, Map<String, String> changes) throws Exception {
        Map<String, String> keys = keys(changes);
        keys.put("state.dir", Files.createDirectories(state).toString());
        Processor processor = Processor.start(keys, data.resolve(name + ".properties"), data.resolve(name + ".log"));
        running.add(processor);
        return processor;
    }

    private void say(String what, String figure) {
        out.printf("%-60s %s%n", what, figure);
        out.flush();
    }

    private String perAddress(long bytes) {
        return String.format(", %,d bytes an address", bytes / recipients);
    }

    static String megabytes(long bytes) {
        return String.format("%,d MB", bytes / 1_000_000);
    }

    private static String time(Duration duration) {
        return String.format("%.1f s", duration.toMillis() / 1000.0);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Bytes in the files of a directory. */
    static long size(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                try {
                    bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
                } catch (NoSuchFileException e) {
                    // Compacted away meanwhile.
                    continue;
                }
            }
        }
        return bytes;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
