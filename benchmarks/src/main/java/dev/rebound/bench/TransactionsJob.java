package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.ClassifiedEncoder;
import dev.rebound.serde.EventDecoder;
import dev.rebound.serde.WireFormat;
import dev.rebound.topology.Fingerprint;
import dev.rebound.topology.Observer;
import dev.rebound.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Classifying and routing without Kafka Streams: a consumer and a transactional producer in one loop, with the same core. What it does
 * not have is what Streams gives: state, repartitioning, tasks that move between instances.
 */
final class TransactionsJob implements Job {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = 1_000_000_000;

    private final ReboundConfig config;
    private final Connections connections;

    TransactionsJob(ReboundConfig config) {
        this.config = config;
        this.connections = new Connections(config, Duration.ofSeconds(20));
    }

    @Override
    public double run(Order order) throws Exception {
        Clients clients = new Clients(config, order.application());
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
                KafkaProducer<byte[], byte[]> producer = clients.producer(true)) {
            Step step = new Step(config, connections, producer);
            producer.initTransactions();
            consumer.subscribe(List.of(config.topics().deliveryEvents().name()));
            double begin = Usage.cpuSeconds();
            long done = 0;
            while (done < order.events()) {
                done = transaction(consumer, producer, step, done, order.events());
            }
            return Usage.cpuSeconds() - begin;
        }
    }

    private static long transaction(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            Step step,
            long before,
            long events)
            throws Exception {
        long done = before;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        long begin = System.nanoTime();
        producer.beginTransaction();
        while (done < events && System.nanoTime() - begin < COMMIT_NANOS) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                step.process(record);
                offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
                done++;
            }
        }
        // Where a record could not be written, committing fails.
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        return done;
    }

    /** What is done with each event. */
    private static final class Step {

        private final KafkaProducer<byte[], byte[]> producer;
        private final EventDecoder decoder;
        private final ClassifiedEncoder encoder = new ClassifiedEncoder();
        private final CodeTable table;
        private final byte[] fingerprint;
        private final Target unclassified;
        private final Map<Route, Target> targets = new EnumMap<>(Route.class);

        private record Target(String topic, int schema) {}

        Step(ReboundConfig config, Connections connections, KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
            this.decoder = new EventDecoder(connections.writerSchemas());
            this.table = new CodesTopic(config, connections.writerSchemas(), connections.schemas())
                    .read()
                    .table();
            this.fingerprint = new Fingerprint(config.suppressionPolicies().revision(), () -> table)
                    .text(table)
                    .getBytes(StandardCharsets.UTF_8);
            this.unclassified = target(connections, config.topics().bouncesUnclassified());
            for (Route route : Route.values()) {
                targets.put(route, target(connections, route.topic(config.topics())));
            }
        }

        private static Target target(Connections connections, Topics.Spec topic) {
            return new Target(topic.name(), connections.schemas().id(topic.name(), topic.valueSchema()));
        }

        void process(ConsumerRecord<byte[], byte[]> record) throws Exception {
            DeliveryEvent event = decoder.decode(record.value());
            byte[] key = EventKey.of(event, record.key());
            Classification classification = Classifier.classify(event, table);
            Target target = targets.get(Route.of(event.getOutcome(), classification));
            byte[] value = encoder.framed(target.schema(), event, classification);
            send(target, key, value);
            if (Observer.isUnclassified(classification)) {
                send(unclassified, key, WireFormat.reframe(unclassified.schema(), value));
            }
        }

        private void send(Target target, byte[] key, byte[] value) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(target.topic(), key, value);
            record.headers().add(Fingerprint.HEADER, fingerprint);
            producer.send(record);
        }
    }
}
