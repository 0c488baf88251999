package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.topology.Observer;
import dev.rebound.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Topics of Rebound's in a cluster, with events in the first of them that every run reads anew. */
final class EventStream implements AutoCloseable {

    private final Shape shape;
    private final Map<String, String> keys;
    private final ReboundConfig config;
    private final Connections connections;
    private final Admin admin;
    private Expected expected;
    private CodeTable table;
    private long bytes;
    private long storedBytes;

    private EventStream(Cluster cluster, String prefix, Shape shape) {
        this.shape = shape;
        this.keys = cluster.keys(Map.of(
                "rebound.topics.prefix",
                prefix,
                ReboundConfig.TOPICS_PARTITIONS,
                Integer.toString(shape.partitions())));
        this.config = new ReboundConfig(keys);
        this.connections = new Connections(config, Duration.ofSeconds(20));
        this.admin = Admin.create(config.adminClient());
    }

    /**
     * Makes the topics, the code table and the events.
     *
     * @param prefix of its topics' names, which no other stream in the cluster has
     */
    static EventStream produce(Cluster cluster, String prefix, Shape shape) throws Exception {
        EventStream stream = new EventStream(cluster, prefix, shape);
        CodesTopic codes =
                new CodesTopic(stream.config, stream.connections.writerSchemas(), stream.connections.schemas());
        new TopicAdmin(stream.config).create(stream.connections.schemas());
        codes.write(CodeRows.of(shape.rules()));
        stream.table = codes.read().table();
        stream.create(Stream.of(Outputs.copies(stream.topics())));
        long before = cluster.bytesWritten();
        stream.produce(new Mail(shape));
        stream.storedBytes = cluster.bytesWritten() - before;
        return stream;
    }

    private void produce(Supplier<DeliveryEvent> traffic) throws Exception {
        expected = new Expected();
        String topic = topics().deliveryEvents().name();
        AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
        int schema = connections.schemas().id(topic, DeliveryEvent.getClassSchema());
        AtomicReference<Exception> failure = new AtomicReference<>();
        Progress progress = new Progress(shape.events());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < shape.events(); i++) {
                DeliveryEvent event = traffic.get();
                byte[] key = EventKey.of(event);
                expect(key, event);
                byte[] value = encoder.framed(schema, event);
                bytes += key.length + value.length;
                producer.send(
                        new ProducerRecord<>(topic, key, value),
                        (written, problem) -> failure.compareAndSet(null, problem));
                progress.at(i + 1);
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private Properties producing() {
        Properties properties = config.producerClient();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 262_144);
        return properties;
    }

    private void expect(byte[] key, DeliveryEvent event) {
        Classification classification = Classifier.classify(event, table);
        expected.add(
                key,
                classification.getReceivingDomain(),
                Route.of(event.getOutcome(), classification),
                Observer.isUnclassified(classification));
    }

    Topics topics() {
        return config.topics();
    }

    ReboundConfig config() {
        return config;
    }

    Connections connections() {
        return connections;
    }

    /** The configuration of whoever reads it. */
    Map<String, String> keys() {
        return keys;
    }

    /** The configuration of an application that reads it. */
    Map<String, String> keys(String application, Path state) {
        Map<String, String> more = new HashMap<>(keys);
        more.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        more.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return more;
    }

    Shape shape() {
        return shape;
    }

    Expected expected() {
        return expected;
    }

    /** The code table that events were classified by. */
    CodeTable table() {
        return table;
    }

    /** Key and value of an event, on average. */
    double bytesPerEvent() {
        return (double) bytes / shape.events();
    }

    /** What an event takes in the input topic, compressed. */
    double storedBytesPerEvent() {
        return (double) storedBytes / shape.events();
    }

    /** How many events the input topic has by now. */
    long end() throws Exception {
        String topic = topics().deliveryEvents().name();
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, config.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** Empties the topics that runs write to, by making them anew, and forgets a run: its group and internal topics. */
    void forget(String application) throws Exception {
        List<String> internal = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(application + '-'))
                .toList();
        admin.deleteTopics(Stream.concat(internal.stream(), outputs().map(Topics.Spec::name))
                        .toList())
                .all()
                .get();
        create(outputs());
        forgetGroup(application);
    }

    private void forgetGroup(String application) throws Exception {
        try {
            admin.deleteConsumerGroups(List.of(application)).all().get();
        } catch (ExecutionException e) {
            // A member that has not left yet, to the broker's mind, keeps its group a while longer; no other run has
            // the same.
            if (!(e.getCause() instanceof GroupNotEmptyException)) {
                throw e;
            }
        }
    }

    private void create(Stream<Topics.Spec> wanted) throws Exception {
        admin.createTopics(
                        wanted.map(topic -> new NewTopic(topic.name(), config.partitions(), config.replicationFactor())
                                        .configs(topic.config()))
                                .toList())
                .all()
                .get();
    }

    private Stream<Topics.Spec> outputs() {
        List<String> inputs = Stream.of(
                        topics().deliveryEvents(), topics().statusCodes(), topics().suppressionCommands())
                .map(Topics.Spec::name)
                .toList();
        return Stream.concat(topics().all().stream(), Stream.of(Outputs.copies(topics())))
                .filter(topic -> !inputs.contains(topic.name()));
    }

    /** Deletes its topics, when nothing is to be read from them again. */
    void delete() throws Exception {
        List<String> own = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(topics().prefix()))
                .toList();
        admin.deleteTopics(own).all().get();
    }

    @Override
    public void close() {
        admin.close();
        connections.close();
    }
}
