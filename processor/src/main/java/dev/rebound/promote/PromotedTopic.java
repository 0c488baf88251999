package dev.rebound.promote;

import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import dev.rebound.schema.Promoted;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppressions.CompactedTopic;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log of what was promoted from a replay, in a topic of the replay's, which the first promotion makes. */
final class PromotedTopic implements PromotedLog {

    private final ReboundConfig config;
    private final Topics.Spec spec;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;
    private boolean made;

    /**
     * The log of a replay. Connects for each reading and writing.
     *
     * @param config the cluster
     * @param replay the replay's topics
     */
    PromotedTopic(ReboundConfig config, Topics replay, WriterSchemas writerSchemas, Schemas schemas) {
        this.config = config;
        this.spec = replay.promoted();
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
    }

    @Override
    public void read(Predicate<String> keys, Predicate<Promoted> wanted, Consumer<Promoted> each, Watch watch) {
        if (partitions().isEmpty()) {
            return;
        }
        AvroDecoder<Promoted> decoder = new AvroDecoder<>(writerSchemas, Promoted.getClassSchema());
        try {
            boolean complete = new CompactedTopic(config, spec.name())
                    .read(
                            record -> {
                                Promoted item = keys.test(new String(record.key(), StandardCharsets.UTF_8))
                                        ? decoded(decoder, record)
                                        : null;
                                return item != null && wanted.test(item) ? item : null;
                            },
                            each,
                            new Watch(Progress.none(), watch.stop()));
            if (!complete) {
                throw new StoppedException();
            }
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot read topic " + spec.name(), e);
        }
    }

    /** What cannot be read could be the only word of what live said before: nothing is done without it. */
    private static Promoted decoded(AvroDecoder<Promoted> decoder, ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoder.decode(record.value());
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "what was promoted cannot be read: " + record.topic() + "-" + record.partition() + " offset "
                            + record.offset() + ": " + e.getMessage()
                            + " (expected: a record that this version, or an earlier one, wrote)",
                    e);
        }
    }

    @Override
    public long size() {
        List<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            return 0;
        }
        try (Admin admin = Admin.create(config.adminClient())) {
            return sum(admin, partitions, OffsetSpec.latest()) - sum(admin, partitions, OffsetSpec.earliest());
        }
    }

    private long sum(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        return get(admin.listOffsets(wanted).all(), "look up").values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    @Override
    public void keep(List<Promoted> records) {
        if (records.isEmpty()) {
            return;
        }
        make();
        int schemaId = schemas.id(spec.name(), Promoted.getClassSchema());
        AvroEncoder<Promoted> encoder = new AvroEncoder<>(Promoted.getClassSchema());
        Properties properties = config.producerClient();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.OUTPUT_MAX_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(item -> sent.add(producer.send(new ProducerRecord<>(
                    spec.name(), item.getKey().getBytes(StandardCharsets.UTF_8), encoder.framed(schemaId, item)))));
            for (Future<RecordMetadata> acknowledged : sent) {
                get(acknowledged, "write to");
            }
        }
    }

    private void make() {
        if (made) {
            return;
        }
        if (partitions().isEmpty()) {
            try (Admin admin = Admin.create(config.adminClient())) {
                get(
                        admin.createTopics(List.of(
                                        new NewTopic(spec.name(), config.partitions(), config.replicationFactor())
                                                .configs(spec.config())))
                                .all(),
                        "create");
            } catch (KafkaException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        schemas.register(spec.name(), spec.valueSchema());
        made = true;
    }

    /** Empty when the topic is not there. */
    private List<TopicPartition> partitions() {
        try (Admin admin = Admin.create(config.adminClient())) {
            TopicDescription topic = get(
                    admin.describeTopics(List.of(spec.name())).topicNameValues().get(spec.name()), "look up");
            return topic.partitions().stream()
                    .map(info -> new TopicPartition(spec.name(), info.partition()))
                    .toList();
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    private <T> T get(Future<T> answer, String what) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for topic " + spec.name(), e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot " + what + " topic " + spec.name() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
