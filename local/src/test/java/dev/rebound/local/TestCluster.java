package dev.rebound.local;

import dev.rebound.app.Connections;
import dev.rebound.app.ReboundApp;
import dev.rebound.app.TopicAdmin;
import dev.rebound.cli.Rebound;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.statistics.WindowSize;
import dev.rebound.suppress.Commands;
import dev.rebound.topology.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Rebound on the shared stack, with topics, group and state of its own; real clients on both sides. */
final class TestCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final Topics topics;
    private final Map<String, String> keys;
    private final ReboundConfig config;
    private final Path configFile;
    private final Connections connections;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
    private final int eventSchema;
    private ReboundApp app;

    TestCluster(RunningStack stack, Path directory) throws Exception {
        this(stack, directory, Map.of());
    }

    /** @param more keys and values of the configuration, beside those that all tests have */
    TestCluster(RunningStack stack, Path directory, Map<String, String> more) throws Exception {
        String name = stack.newName("e2e");
        keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.schemaRegistryUrl(),
                "application.id",
                name,
                "state.dir",
                directory.resolve("state").toString(),
                "commit.interval.ms",
                "100",
                "rebound.topics.prefix",
                name + ".",
                "rebound.topics.partitions",
                "3",
                "rebound.stats.flush.ms",
                "100",
                "rebound.http.port",
                "0"));
        keys.put("rebound.stats.roll.up.ms", "100");
        keys.putAll(more);
        config = new ReboundConfig(keys);
        configFile = writeConfig(directory.resolve("rebound.properties"), Map.of());
        topics = config.topics();
        connections = new Connections(config, Duration.ofSeconds(20));
        new TopicAdmin(config).create(connections.schemas());
        eventSchema = connections.schemas().id(topics.deliveryEvents().name(), DeliveryEvent.getClassSchema());
        Properties properties = config.client();
        properties.put("max.request.size", Topics.INPUT_MAX_BYTES);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes this cluster's configuration to a file, with some keys changed or added; returns the file. */
    Path writeConfig(Path file, Map<String, String> changes) throws IOException {
        Map<String, String> all = new TreeMap<>(keys);
        all.putAll(changes);
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(file, text);
    }

    ReboundConfig config() {
        return config;
    }

    /** Settings of a client of this cluster. */
    Properties client() {
        return config.client();
    }

    /** The consumer group of the processor, and the prefix of its internal topics. */
    String applicationId() {
        return config.applicationId();
    }

    /** For reading what was written, over a registry that is always there. */
    WriterSchemas writerSchemas() {
        return connections.writerSchemas();
    }

    /** Id of the schema that events are written with. */
    int eventSchema() {
        return eventSchema;
    }

    /** Registers another version of the schema of events; returns its id. */
    int registerForEvents(Schema schema) {
        return connections.schemas().register(topics.deliveryEvents().name(), schema);
    }

    void start() throws Exception {
        app = ReboundApp.start(config);
        await("the processor to run", app::isRunning);
    }

    void stop() {
        app.close();
        app = null;
    }

    /** Runs the processor in a process of its own, to be killed. */
    Process startProcess(Path log) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        configFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs a command as a user would, with this cluster's configuration file; its standard output. */
    String command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(configFile.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        if (exit != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + exit + ": " + err);
        }
        return out.toString();
    }

    static DeliveryEvent.Builder bounce(String id) {
        return DeliveryEvent.newBuilder()
                .setEventId(id)
                .setEventTime(Instant.parse("2026-03-01T12:00:00Z"))
                .setTenant("default")
                .setRecipient("someone@example.com")
                .setOutcome(Outcome.BOUNCED);
    }

    byte[] encode(DeliveryEvent event) {
        return encoder.framed(eventSchema, event);
    }

    void send(DeliveryEvent event) throws Exception {
        send(EventKey.of(event), encode(event), null);
    }

    /** Sends events, and waits until the broker has them. */
    void sendAll(List<DeliveryEvent> events) throws Exception {
        for (DeliveryEvent event : events) {
            producer.send(new ProducerRecord<>(topics.deliveryEvents().name(), EventKey.of(event), encode(event)));
        }
        producer.flush();
    }

    /** A command as any producer would write it: Kafka's own partitioner puts it where its key belongs, not its address. */
    void send(SuppressionCommand command) throws Exception {
        String topic = topics.suppressionCommands().name();
        int schema = connections.schemas().id(topic, SuppressionCommand.getClassSchema());
        byte[] value = new AvroEncoder<SuppressionCommand>(SuppressionCommand.getClassSchema()).framed(schema, command);
        producer.send(new ProducerRecord<>(topic, Commands.recordKey(command), value))
                .get();
    }

    void send(byte[] key, byte[] value, Long timestamp) throws Exception {
        producer.send(new ProducerRecord<>(topics.deliveryEvents().name(), null, timestamp, key, value))
                .get();
    }

    void sendTo(int partition, byte[] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topics.deliveryEvents().name(), partition, key, value))
                .get();
    }

    /** Gives commands, and waits until the broker has them. */
    void send(List<SuppressionCommand> commands) {
        int schema = connections.schemas().id(topics.suppressionCommands().name(), SuppressionCommand.getClassSchema());
        AvroEncoder<SuppressionCommand> values = new AvroEncoder<>(SuppressionCommand.getClassSchema());
        commands.forEach(command -> producer.send(new ProducerRecord<>(
                topics.suppressionCommands().name(), Commands.recordKey(command), values.framed(schema, command))));
        producer.flush();
    }

    /** Makes the internal topic for moved records before the processor can. */
    void createRekeyWith(int partitions) throws Exception {
        try (Admin admin = Admin.create(config.client())) {
            admin.createTopics(List.of(new NewTopic(rekey(), partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    void setTopicConfig(Topics.Spec topic, String name, String value) throws Exception {
        try (Admin admin = Admin.create(config.client())) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
            AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        }
    }

    /** Offsets used so far in the internal topic for moved records. */
    long endOfRekey() throws Exception {
        try (Admin admin = Admin.create(config.client())) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < 3; partition++) {
                ends.put(new TopicPartition(rekey(), partition), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private String rekey() {
        return config.applicationId() + "-rekey-repartition";
    }

    void sendCode(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topics.statusCodes().name(), key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** Writes a row of the code table as it is, past all checks. */
    void sendCode(StatusCode row) throws Exception {
        int schema = connections.schemas().id(topics.statusCodes().name(), StatusCode.getClassSchema());
        AvroEncoder<StatusCode> rows = new AvroEncoder<>(StatusCode.getClassSchema());
        sendCode(row.getOrigin() + '/' + row.getId(), rows.framed(schema, row));
    }

    /** The answer of the processor's health page. */
    String health() throws Exception {
        return http("/health/ready");
    }

    /** What the processor answers to a request for this path. */
    String http(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + app.httpPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What the processor answers to a change: status and body. */
    HttpResponse<String> post(String path, String token, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + app.httpPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** All committed records of a topic. */
    List<ConsumerRecord<byte[], byte[]>> records(Topics.Spec topic) {
        return records(topic.name());
    }

    /** All committed records of a topic. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Properties properties = config.client();
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    List<ClassifiedEvent> classified(Topics.Spec topic) throws Exception {
        AvroDecoder<ClassifiedEvent> decoder =
                new AvroDecoder<>(connections.writerSchemas(), ClassifiedEvent.getClassSchema());
        List<ClassifiedEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            events.add(decoder.decode(record.value()));
        }
        return events;
    }

    /** What is suppressed, by list and address: the last values of the feed. */
    Map<String, Suppression> suppressed() throws Exception {
        return lastValues(topics.suppressions(), Suppression.class);
    }

    /** The last value of each key of a topic. */
    <T extends SpecificRecord> Map<String, T> lastValues(Topics.Spec topic, Class<T> type) throws Exception {
        AvroDecoder<T> decoder = new AvroDecoder<>(connections.writerSchemas(), topic.valueSchema());
        Map<String, T> values = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                values.remove(key);
            } else {
                values.put(key, type.cast(decoder.decode(record.value())));
            }
        }
        return values;
    }

    /** The statistics of domains: the last value of each key. */
    Map<String, DomainStats> stats() throws Exception {
        return lastValues(topics.domainStats(), DomainStats.class);
    }

    /** Events that all of the statistics have: the others have them already. */
    long counted() throws Exception {
        Map<String, Long> sums = countedByAll();
        return sums.size() < 2 * WindowSize.values().length ? 0 : Collections.min(sums.values());
    }

    /** Events that the statistics have in windows of each size, of domains and of providers. */
    Map<String, Long> countedByAll() throws Exception {
        Map<String, Long> sums = new TreeMap<>();
        stats().values()
                .forEach(stats -> sums.merge(
                        "domains " + stats.getWindowSize(),
                        stats.getDelivered()
                                + stats.getDeferred()
                                + stats.getSoft()
                                + stats.getHard()
                                + stats.getComplained()
                                + stats.getNotAttempted(),
                        Long::sum));
        lastValues(topics.providerStats(), ProviderStats.class)
                .values()
                .forEach(stats -> sums.merge(
                        "providers " + stats.getWindowSize(),
                        stats.getDelivered()
                                + stats.getDeferred()
                                + stats.getSoft()
                                + stats.getHard()
                                + stats.getComplained()
                                + stats.getNotAttempted(),
                        Long::sum));
        return sums;
    }

    /** Waits until so many events are counted, and checks that as many are routed. */
    void awaitCounted(long events) throws Exception {
        await(events + " events to be counted", () -> counted() >= events);
    }

    long routed() {
        return List.of(
                        topics.deliveries(),
                        topics.deferrals(),
                        topics.bouncesHard(),
                        topics.bouncesSoft(),
                        topics.complaints(),
                        topics.notAttempted())
                .stream()
                .mapToLong(topic -> records(topic).size())
                .sum();
    }

    static void await(String what, Callable<Boolean> fact) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        if (app != null) {
            app.close();
        }
        producer.close();
        connections.close();
    }
}
