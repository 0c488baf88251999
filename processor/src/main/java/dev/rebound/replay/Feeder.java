package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.topology.EndOfReplay;
import dev.rebound.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Brings what is to be replayed into the replay's topics, exactly once: all partitions merged by the time of arrival, each record in the
 * partition where its key belongs. So the order of what the replay reads depends on nothing but the span. One feeder feeds a replay; a
 * later one shuts an earlier one out.
 *
 * <p>How far it is stands in a consumer group, committed with what was written: offsets in the source, under the names of the
 * replay's own partitions, because an archive's topic need not exist.
 */
final class Feeder implements AutoCloseable {

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 128 << 10;

    /** A transaction holds so many records at most. */
    private static final int MOST_AT_ONCE = 50_000;

    private final ReplayWorld world;
    private final ReplayDefinition definition;
    private final KafkaConsumer<byte[], byte[]> group;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private FeederState state = FeederState.BEGINNING;

    /** Takes over from any other feeder of the replay, and finds out how far it was. */
    Feeder(ReplayWorld world, ReplayDefinition definition) {
        this.world = world;
        this.definition = definition;
        this.group = group(world);
        this.producer = new KafkaProducer<>(settings(world), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            recall();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Properties settings(ReplayWorld world) {
        Properties properties = world.live().producerClient();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, world.feederGroup());
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.OUTPUT_MAX_BYTES);
        return properties;
    }

    /** Has no member: offsets are kept under its name. */
    private static KafkaConsumer<byte[], byte[]> group(ReplayWorld world) {
        Properties properties = world.live().consumerClient();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, world.feederGroup());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void recall() {
        for (String topic : List.of(commandsTopic(), eventsTopic())) {
            group.committed(new HashSet<>(partitions(topic))).forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                    state = state.latest(FeederState.parse(offset.metadata()));
                }
            });
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, definition.getPartitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private String eventsTopic() {
        return world.topics().deliveryEvents().name();
    }

    private String commandsTopic() {
        return world.topics().suppressionCommands().name();
    }

    /** How far it is. */
    FeederState state() {
        return state;
    }

    /** Is told how far it is, and says whether to go on. */
    @FunctionalInterface
    interface Watch {
        boolean goesOn();
    }

    /**
     * Brings the suppression commands.
     *
     * @return false when it was stopped
     */
    boolean feedCommands(EventLog log, Connections connections, Watch watch) {
        return merge(
                log,
                ranges(definition.getCommands(), commandsTopic()),
                new FedCommand(connections.writerSchemas(), definition.getPartitions(), commandsTopic()),
                watch);
    }

    /**
     * Brings the events, and behind them the mark of the end.
     *
     * @param positions with which table live classified each; null when that does not matter
     * @return false when it was stopped
     */
    boolean feedEvents(EventLog log, Connections connections, LivePositions positions, Watch watch) {
        if (state.ended()) {
            return true;
        }
        FedEvent form = new FedEvent(
                connections.writerSchemas(),
                EventFilter.of(definition),
                positions,
                definition.getPartitions(),
                eventsTopic());
        if (!merge(log, ranges(definition.getSpan(), eventsTopic()), form, watch)) {
            return false;
        }
        end();
        return true;
    }

    private void end() {
        producer.beginTransaction();
        state = state.atEnd();
        for (TopicPartition partition : partitions(eventsTopic())) {
            Headers headers = new RecordHeaders();
            new EndOfReplay(Instant.ofEpochMilli(state.asOf())).write(headers);
            producer.send(
                    new ProducerRecord<>(partition.topic(), partition.partition(), null, null, new byte[0], headers));
        }
        commit(Map.of());
    }

    private Map<Integer, EventLog.Range> ranges(List<ReplaySpan> spans, String topic) {
        Map<Integer, EventLog.Range> ranges = new TreeMap<>();
        spans.forEach(span -> ranges.put(
                span.getPartition(),
                new EventLog.Range(
                        committed.getOrDefault(new TopicPartition(topic, span.getPartition()), span.getFrom()),
                        span.getTo())));
        return ranges;
    }

    /** What a record becomes in the replay. */
    interface Form {

        /** Name of the topic that it goes to. */
        String topic();

        /** Empty when it is left out. */
        Optional<ProducerRecord<byte[], byte[]>> of(ConsumerRecord<byte[], byte[]> record);
    }

    /** The next record of a partition, among those of the others. */
    private record Head(long arrival, int partition) {}

    private static final Comparator<Head> BY_ARRIVAL =
            Comparator.comparingLong(Head::arrival).thenComparingInt(Head::partition);

    private boolean merge(EventLog log, Map<Integer, EventLog.Range> ranges, Form form, Watch watch) {
        PriorityQueue<Head> heads = new PriorityQueue<>(BY_ARRIVAL);
        try (EventLog.Reading reading = log.read(ranges)) {
            ranges.keySet().forEach(partition -> add(reading, partition, heads));
            boolean open = false;
            boolean goesOn = true;
            int pending = 0;
            long commitAt = System.nanoTime() + COMMIT_EVERY.toNanos();
            while (goesOn && !heads.isEmpty()) {
                int partition = heads.remove().partition();
                if (!open) {
                    producer.beginTransaction();
                    open = true;
                }
                take(reading.peek(partition).orElseThrow(), form);
                reading.take(partition);
                add(reading, partition, heads);
                if (++pending >= MOST_AT_ONCE || (pending & 0xff) == 0 && System.nanoTime() - commitAt >= 0) {
                    commit(positions(reading, ranges, form.topic()));
                    open = false;
                    pending = 0;
                    goesOn = watch.goesOn();
                    commitAt = System.nanoTime() + COMMIT_EVERY.toNanos();
                }
            }
            if (open) {
                commit(positions(reading, ranges, form.topic()));
            }
            return goesOn && watch.goesOn();
        }
    }

    private static void add(EventLog.Reading reading, int partition, PriorityQueue<Head> heads) {
        reading.peek(partition).ifPresent(next -> heads.add(new Head(next.timestamp(), partition)));
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Form form) {
        Optional<ProducerRecord<byte[], byte[]>> fed = form.of(record);
        fed.ifPresent(producer::send);
        state = form.topic().equals(eventsTopic())
                ? state.withEvent(record.timestamp(), fed.isPresent())
                : state.withCommand(record.timestamp());
    }

    private static Map<TopicPartition, Long> positions(
            EventLog.Reading reading, Map<Integer, EventLog.Range> ranges, String topic) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        ranges.keySet()
                .forEach(partition -> positions.put(new TopicPartition(topic, partition), reading.position(partition)));
        return positions;
    }

    private void commit(Map<TopicPartition, Long> positions) {
        committed.putAll(positions);
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset, state.text())));
        // A partition always has an offset, so that the end is remembered of an empty span, too.
        offsets.putIfAbsent(new TopicPartition(eventsTopic(), 0), new OffsetAndMetadata(0, state.text()));
        producer.sendOffsetsToTransaction(offsets, group.groupMetadata());
        producer.commitTransaction();
    }

    /** Offsets of the span that have been gone through. */
    long read() {
        return definition.getSpan().stream()
                .mapToLong(span -> Math.max(
                        0,
                        committed.getOrDefault(new TopicPartition(eventsTopic(), span.getPartition()), span.getFrom())
                                - span.getFrom()))
                .sum();
    }

    /** What was not committed is undone. */
    @Override
    public void close() {
        producer.close(PATIENCE);
        group.close();
    }
}
