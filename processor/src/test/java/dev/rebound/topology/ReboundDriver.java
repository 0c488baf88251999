package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.SchemasForTests;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.serde.AvroSerde;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Presets;
import dev.rebound.topology.Topics.Spec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The shipped topology under the test driver, fed and read as bytes. Closing it asserts that every record read was routed to
 * exactly one outcome topic or is a dead letter, and that the statistics add up to the routed events.
 */
final class ReboundDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** As in a configuration that says nothing about it. */
    private static final SuppressionSettings SHIPPED = Suppressing.by(Presets.get(Presets.DEFAULT));

    static final Duration FLUSH = Duration.ofSeconds(1);
    static final Duration ROLL_UP = Duration.ofSeconds(2);

    /** Rows of minutes are laid away after hours, of hours after days, of days after weeks; nobody has too many domains. */
    static final StatisticsSettings STATISTICS = statistics(1_000);

    /** Every store of the statistics. */
    static final List<String> STATISTICS_STORES = List.of(
            StatisticsRows.COUNTS,
            StatisticsRows.DETAILS,
            Steps.LAID_AWAY_STORE,
            Steps.DOMAINS_OF_DAY_STORE,
            Steps.FOLD_JOURNAL,
            Steps.ROLL_UP_JOURNAL);

    private static final List<String> NUMBERED = List.of(Steps.LAID_AWAY_STORE, Steps.DOMAINS_OF_DAY_STORE);

    final Topics topics = Topics.unprefixed();
    final SchemasForTests registry = new SchemasForTests(topics);
    final LiveCodeTable codeTable = new LiveCodeTable(registry.writerSchemas());
    private final SuppressionSettings suppression;
    private final StatisticsSettings statistics;
    private final int partitions;
    private final Tally tally;
    final Topology topology;

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> events;
    private final TestInputTopic<byte[], byte[]> codes;
    private final TestInputTopic<byte[], byte[]> commands;
    private final Map<String, List<TestRecord<byte[], byte[]>>> outputs = new LinkedHashMap<>();
    private Instant clock;
    private int in;
    private boolean restored;
    private boolean restoredStatistics;

    /** With the shipped codes loaded. */
    static ReboundDriver withShippedCodes() {
        return withShippedCodes(Observer.NONE);
    }

    /** With the shipped codes loaded, and somebody who is told how events end. */
    static ReboundDriver withShippedCodes(Observer observer) {
        return new ReboundDriver(observer, SHIPPED, STATISTICS, 1).loaded();
    }

    /** With the shipped codes loaded, suppressing so. */
    static ReboundDriver suppressing(SuppressionSettings suppression) {
        return new ReboundDriver(Observer.NONE, suppression, STATISTICS, 1).loaded();
    }

    /** As one of so many tasks, of which this one has partition 0: most of what it reads does not belong there. */
    static ReboundDriver amongPartitions(int partitions, SuppressionSettings suppression) {
        return new ReboundDriver(Observer.NONE, suppression, STATISTICS, partitions).loaded();
    }

    /** With the shipped codes loaded, counting so. */
    static ReboundDriver counting(StatisticsSettings statistics) {
        return new ReboundDriver(Observer.NONE, SHIPPED, statistics, 1).loaded();
    }

    /** The settings of tests with so many domains that have rows of their own. */
    static StatisticsSettings statistics(int mostDomains) {
        return new StatisticsSettings(
                FLUSH,
                ROLL_UP,
                Map.of(
                        WindowSize.MINUTE, Duration.ofHours(6),
                        WindowSize.HOUR, Duration.ofDays(3),
                        WindowSize.DAY, Duration.ofDays(30)),
                mostDomains);
    }

    private ReboundDriver loaded() {
        ShippedCodes.rows().forEach(this::setCode);
        return this;
    }

    ReboundDriver() {
        this(Observer.NONE, SHIPPED, STATISTICS, 1);
    }

    private ReboundDriver(
            Observer observer, SuppressionSettings suppression, StatisticsSettings statistics, int partitions) {
        this(observer, suppression, statistics, partitions, NOW);
    }

    private ReboundDriver(
            Observer observer,
            SuppressionSettings suppression,
            StatisticsSettings statistics,
            int partitions,
            Instant clock) {
        this.suppression = suppression;
        this.statistics = statistics;
        this.partitions = partitions;
        this.clock = clock;
        tally = new Tally(observer);
        Properties properties = config();
        topology = new ReboundTopology(
                        new ReboundTopology.Settings(topics, partitions, statistics, suppression),
                        registry.writerSchemas(),
                        registry.schemas(),
                        codeTable,
                        tally)
                .build(properties);
        driver = new TopologyTestDriver(topology, properties, clock);
        events = input(topics.deliveryEvents());
        codes = input(topics.statusCodes());
        commands = input(topics.suppressionCommands());
    }

    private static Properties config() {
        try {
            Path state = Files.createTempDirectory("rebound-test");
            state.toFile().deleteOnExit();
            return new ReboundConfig(Map.of(
                            ReboundConfig.BOOTSTRAP_SERVERS, "none:9092",
                            ReboundConfig.SCHEMA_REGISTRY_URL, "mock://",
                            StreamsConfig.STATE_DIR_CONFIG, state.toString()))
                    .streams("test");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private TestInputTopic<byte[], byte[]> input(Spec topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** An unremarkable bounce at {@link #NOW}; tests name only what they are about. */
    static DeliveryEvent.Builder bounce() {
        return DeliveryEvent.newBuilder()
                .setEventId("e1")
                .setEventTime(NOW)
                .setTenant("default")
                .setRecipient("someone@example.com")
                .setOutcome(dev.rebound.schema.Outcome.BOUNCED);
    }

    byte[] encode(DeliveryEvent event) {
        return bytes(topics.deliveryEvents(), DeliveryEvent.getClassSchema(), event);
    }

    byte[] encode(StatusCode row) {
        return bytes(topics.statusCodes(), StatusCode.getClassSchema(), row);
    }

    private <T extends SpecificRecord> byte[] bytes(Spec topic, Schema schema, T value) {
        try (AvroSerde<T> serde = registry.serde(topic, schema)) {
            return serde.serializer().serialize(topic.name(), value);
        }
    }

    /** An event under its proper key. */
    void send(DeliveryEvent event) {
        try {
            sendRaw(EventKey.of(event), encode(event));
        } catch (EventKey.InvalidEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void send(DeliveryEvent.Builder event) {
        send(event.build());
    }

    void sendRaw(byte[] key, byte[] value) {
        sendRaw(new TestRecord<>(key, value, Instant.now()));
    }

    void sendRaw(TestRecord<byte[], byte[]> record) {
        in++;
        events.pipeInput(record);
    }

    /** The mark behind the last event of a replay. */
    void end(Instant asOf) {
        RecordHeaders headers = new RecordHeaders();
        new EndOfReplay(asOf).write(headers);
        events.pipeInput(new TestRecord<>(null, new byte[0], headers, NOW));
    }

    /** A command under its proper key. */
    void send(SuppressionCommand command) {
        sendCommandRaw(
                Commands.recordKey(command),
                bytes(topics.suppressionCommands(), SuppressionCommand.getClassSchema(), command));
    }

    void sendCommandRaw(byte[] key, byte[] value) {
        commands.pipeInput(new TestRecord<>(key, value, Instant.now()));
    }

    void setCode(StatusCode row) {
        codes.pipeInput(CodeRecord.key(row).getBytes(StandardCharsets.UTF_8), encode(row));
    }

    void setCodeRaw(String key, byte[] value) {
        codes.pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
    }

    void advance(Duration time) {
        clock = clock.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Another one that goes on where this one ends, as after a restart: with its stores, and behind what it wrote. */
    ReboundDriver restarted() {
        ReboundDriver next = new ReboundDriver(tally.next, suppression, statistics, partitions, clock).loaded();
        try (driver) {
            topics.all().forEach(topic -> next.outputs.put(topic.name(), new ArrayList<>(records(topic))));
            List<String> stores = new ArrayList<>(STATISTICS_STORES);
            stores.addAll(List.of(Steps.ADDRESS_STORE, Steps.DUE_STORE));
            stores.forEach(store -> next.restore(store, this));
        }
        next.in = in;
        next.tally.classified = tally.classified;
        next.tally.deadLetters.addAll(tally.deadLetters);
        return next;
    }

    private void restore(String store, ReboundDriver other) {
        try (KeyValueIterator<Object, Object> rows = other.rows(store).all()) {
            rows.forEachRemaining(row -> rows(store).put(row.key, row.value));
        }
    }

    /** Time enough for all events to be in the rows of all sizes. */
    void advanceUntilCounted() {
        advance(FLUSH);
        advance(ROLL_UP);
    }

    /** The rows of a store, or of a journal. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<Object, Object> rows(String store) {
        KeyValueStore<Object, Object> rows = driver.getKeyValueStore(store);
        return rows == null
                ? (KeyValueStore<Object, Object>) (KeyValueStore<?, ?>) ((Journal) driver.getStateStore(store)).store
                : rows;
    }

    /** What a store of the statistics holds, keys in hexadecimal digits and in their order, values in their stored form. */
    Map<String, byte[]> stored(String store) {
        Map<String, byte[]> rows = new TreeMap<>();
        try (KeyValueIterator<Object, Object> all = rows(store).all()) {
            all.forEachRemaining(row -> rows.put(HexFormat.of().formatHex(storedForm(row.key)), storedForm(row.value)));
        }
        return rows;
    }

    private static byte[] storedForm(Object value) {
        if (value instanceof Integer number) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        }
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    }

    /** Puts a row as {@link #stored} gives it into a store, as restoring from its changelog does. */
    void restore(String store, String key, byte[] value) {
        restoredStatistics = true;
        byte[] stored = HexFormat.of().parseHex(key);
        boolean isNumber = NUMBERED.contains(store);
        rows(store)
                .put(
                        isNumber ? new String(stored, StandardCharsets.UTF_8) : stored,
                        isNumber ? ByteBuffer.wrap(value).getInt() : value);
    }

    List<TestRecord<byte[], byte[]>> records(Spec topic) {
        List<TestRecord<byte[], byte[]>> all = outputs.computeIfAbsent(topic.name(), name -> new ArrayList<>());
        // The driver knows only topics that something was written to.
        if (driver.producedTopicNames().contains(topic.name())) {
            all.addAll(driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList());
        }
        return all;
    }

    List<ClassifiedEvent> classified(Spec topic) {
        return values(topic, ClassifiedEvent.getClassSchema());
    }

    /** The last value of the statistics of domains per key. */
    Map<String, DomainStats> stats() {
        return lastValues(topics.domainStats(), DomainStats.getClassSchema());
    }

    /** The last value of the statistics of domains per key, of windows of one size. */
    Map<String, DomainStats> stats(WindowSize size) {
        Map<String, DomainStats> stats = stats();
        stats.values().removeIf(row -> !row.getWindowSize().equals(size.text()));
        return stats;
    }

    /** The last value of the statistics of providers per key. */
    Map<String, ProviderStats> providerStats() {
        return lastValues(topics.providerStats(), ProviderStats.getClassSchema());
    }

    private <T extends SpecificRecord> Map<String, T> lastValues(Spec topic, Schema schema) {
        List<T> values = values(topic, schema);
        Map<String, T> last = new HashMap<>();
        List<TestRecord<byte[], byte[]>> records = records(topic);
        for (int i = 0; i < records.size(); i++) {
            last.put(new String(records.get(i).key(), StandardCharsets.UTF_8), values.get(i));
        }
        return last;
    }

    /** The statistics of a kind as their readers add them up. */
    CountedWindows counted(Subject.Kind kind) {
        return CountedWindows.ofRows(
                kind,
                kind == Subject.Kind.DOMAIN ? stats().values() : providerStats().values());
    }

    /** All that the feed was told, in order; null values are what may be written to again. */
    List<KeyValue<String, Suppression>> feed() {
        try (AvroSerde<Suppression> serde = registry.serde(topics.suppressions(), Suppression.getClassSchema())) {
            return records(topics.suppressions()).stream()
                    .map(record -> KeyValue.pair(
                            new String(record.key(), StandardCharsets.UTF_8),
                            serde.deserializer().deserialize("suppressions", record.value())))
                    .toList();
        }
    }

    /** What the feed says in the end, by key. */
    Map<String, Suppression> suppressed() {
        Map<String, Suppression> last = new TreeMap<>();
        for (KeyValue<String, Suppression> told : feed()) {
            if (told.value == null) {
                last.remove(told.key);
            } else {
                last.put(told.key, told.value);
            }
        }
        return last;
    }

    /** Rows of the addresses of which something is known. */
    Map<String, byte[]> addresses() {
        Map<String, byte[]> rows = new TreeMap<>();
        try (KeyValueIterator<byte[], byte[]> all =
                driver.<byte[], byte[]>getKeyValueStore(Steps.ADDRESS_STORE).all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> row = all.next();
                rows.put(new String(row.key, StandardCharsets.UTF_8), row.value);
            }
        }
        return rows;
    }

    /** Puts what another driver holds of addresses into the stores, as restoring from their changelogs does. */
    void restoreAddresses(ReboundDriver other) {
        restored = true;
        restore(Steps.ADDRESS_STORE, other);
        restore(Steps.DUE_STORE, other);
    }

    /** Puts an entry into the index of moments that no row stands behind. */
    void makeDue(long time, String key) {
        byte[] row = key.getBytes(StandardCharsets.UTF_8);
        driver.<byte[], byte[]>getKeyValueStore(Steps.DUE_STORE)
                .put(
                        ByteBuffer.allocate(Long.BYTES + row.length)
                                .putLong(time)
                                .put(row)
                                .array(),
                        new byte[] {1});
    }

    private <T extends SpecificRecord> List<T> values(Spec topic, Schema schema) {
        try (AvroSerde<T> serde = registry.serde(topic, schema)) {
            return records(topic).stream()
                    .map(record -> serde.deserializer().deserialize(topic.name(), record.value()))
                    .toList();
        }
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return records(topics.deadLetters());
    }

    String reason(TestRecord<byte[], byte[]> deadLetter) {
        return DeadLetter.header(deadLetter.headers(), DeadLetter.REASON);
    }

    /** All events that were routed. */
    List<ClassifiedEvent> routed() {
        return outcomeTopics().stream()
                .flatMap(topic -> classified(topic).stream())
                .toList();
    }

    List<Spec> outcomeTopics() {
        return List.of(
                topics.deliveries(),
                topics.deferrals(),
                topics.bouncesHard(),
                topics.bouncesSoft(),
                topics.complaints(),
                topics.notAttempted());
    }

    @Override
    public void close() {
        try (driver) {
            advanceUntilCounted();
            int routed = outcomeTopics().stream()
                    .mapToInt(topic -> records(topic).size())
                    .sum();
            long deadEvents = deadLetters().stream()
                    .filter(letter -> topics.deliveryEvents()
                            .name()
                            .equals(DeadLetter.header(letter.headers(), DeadLetter.TOPIC)))
                    .count();
            assertThat(routed + deadEvents)
                    .as("events routed once, or dead letters, of events read")
                    .isEqualTo(in);
            if (!restoredStatistics) {
                assertStatisticsAddUpTo(routed);
            }
            assertSuppressionsAgree();
            assertThat(tally.classified)
                    .as("events that an observer was told of")
                    .isEqualTo(routed);
            assertThat(tally.deadLetters)
                    .as("dead letters that an observer was told of")
                    .isEqualTo(deadLetters().stream().map(this::reason).toList());
        }
    }

    /** Whatever is counted, by minute, hour or day: the sum is that of the events. */
    private void assertStatisticsAddUpTo(long events) {
        for (Subject.Kind kind : Subject.Kind.values()) {
            CountedWindows counted = counted(kind);
            assertThat(counted.events(WindowSize.MINUTE))
                    .as("events counted by minute and %s of events routed", kind)
                    .isEqualTo(events);
            for (WindowSize longer : List.of(WindowSize.HOUR, WindowSize.DAY)) {
                assertThat(counted.of(longer))
                        .as("rows of %s and %s", kind, longer)
                        .isEqualTo(counted.addedUpTo(longer));
            }
        }
    }

    /** The feed has exactly what the rows say that it was told, and the index exactly their moments. */
    private void assertSuppressionsAgree() {
        Set<String> told = new TreeSet<>();
        Set<String> due = new TreeSet<>();
        addresses().forEach((key, row) -> {
            StoredAddress address = StoredAddress.fromBytes(row);
            if (address.told() != 0) {
                told.add(key);
            }
            if (address.due() != Decision.NEVER) {
                due.add(address.due() + " " + key);
            }
        });
        if (!restored) {
            assertThat(suppressed().keySet()).as("addresses in the feed").isEqualTo(told);
        }
        assertThat(dueEntries()).as("moments in the index").isEqualTo(due);
    }

    private Set<String> dueEntries() {
        Set<String> entries = new TreeSet<>();
        try (KeyValueIterator<byte[], byte[]> all =
                driver.<byte[], byte[]>getKeyValueStore(Steps.DUE_STORE).all()) {
            while (all.hasNext()) {
                byte[] key = all.next().key;
                if (key.length > Long.BYTES) {
                    entries.add(ByteBuffer.wrap(key).getLong() + " "
                            + new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8));
                }
            }
        }
        return entries;
    }

    /** What an observer is told, added up and passed on. */
    private static final class Tally implements Observer {

        private final Observer next;
        private final List<String> deadLetters = new ArrayList<>();
        private int classified;

        Tally(Observer next) {
            this.next = next;
        }

        @Override
        public void classified(DeliveryEvent event, Classification classification, long arrival) {
            classified++;
            next.classified(event, classification, arrival);
        }

        @Override
        public void suppressed(SuppressionReason reason) {
            next.suppressed(reason);
        }

        @Override
        public void lifted() {
            next.lifted();
        }

        @Override
        public void deadLetter(String reason) {
            deadLetters.add(reason);
            next.deadLetter(reason);
        }
    }
}
