package dev.rebound.codes;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.classify.Origin;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.StatusCode;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.AvroSerde;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.topology.CodeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads and writes the rows of the code table in its topic. */
public final class CodesTopic {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(30);

    private final ReboundConfig config;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;
    private final String topic;

    /**
     * The topic of a configuration.
     *
     * @param config which cluster, which prefix
     * @param writerSchemas schemas of the rows that are there
     * @param schemas id of the schema that is written, which must be registered
     */
    public CodesTopic(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.config = config;
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
        this.topic = config.topics().statusCodes().name();
    }

    /**
     * What the topic holds now.
     *
     * @param rows rows in force by key
     * @param unusable keys whose latest record cannot be used, with the reason; an earlier one may be in force
     */
    public record Content(Map<String, StatusCode> rows, Map<String, String> unusable) {

        /** The usable rows as a table. */
        public CodeTable table() {
            return CodeTable.of(rows.values());
        }

        /** The usable rows of the other origins as a table: what counts where the operator says nothing. */
        public CodeTable beneath() {
            return CodeTable.of(rows.values().stream()
                    .filter(row -> !row.getOrigin().equals(Origin.OPERATOR.text()))
                    .toList());
        }
    }

    /**
     * Reads the topic to its end.
     *
     * @throws KafkaException when the brokers do not answer or the topic is missing
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    public Content read() {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Content content = new Content(new LinkedHashMap<>(), new LinkedHashMap<>());
        AvroDecoder<StatusCode> decoder = new AvroDecoder<>(writerSchemas, StatusCode.getClassSchema());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long deadline = System.nanoTime() + STALL.toNanos();
            while (consumer.position(partition) < end) {
                long position = consumer.position(partition);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record, decoder, content);
                }
                if (consumer.position(partition) > position) {
                    deadline = System.nanoTime() + STALL.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new TimeoutException("nothing came from topic " + topic + " for " + STALL.toSeconds() + " s");
                }
            }
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot read topic " + topic, e);
        }
        return content;
    }

    /** As the processor does it: a record that cannot be used leaves the previous row in force. */
    private static void take(ConsumerRecord<String, byte[]> record, AvroDecoder<StatusCode> decoder, Content content) {
        if (record.key() == null) {
            return;
        }
        content.unusable().remove(record.key());
        if (record.value() == null) {
            content.rows().remove(record.key());
            return;
        }
        try {
            content.rows().put(record.key(), CodeRecord.row(decoder, record.key(), record.value()));
        } catch (UndecodableException | InvalidRowException e) {
            content.unusable().put(record.key(), e.getMessage());
        }
    }

    /**
     * Writes rows and returns when the brokers have them.
     *
     * @throws dev.rebound.classify.InvalidRowException when a row cannot be used; then none is written
     * @throws KafkaException when the brokers refuse or do not answer
     */
    public void write(List<StatusCode> rows) {
        rows.forEach(CodeTable::validate);
        int schemaId = schemas.id(topic, StatusCode.getClassSchema());
        Properties properties = config.producerClient();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        try (AvroSerde<StatusCode> serde = new AvroSerde<>(writerSchemas, StatusCode.getClassSchema(), schemaId);
                KafkaProducer<String, StatusCode> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), serde.serializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            rows.forEach(row -> sent.add(producer.send(new ProducerRecord<>(topic, CodeRecord.key(row), row))));
            for (Future<RecordMetadata> acknowledged : sent) {
                acknowledged.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to " + topic, e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot write to " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Brings the shipped rows into the topic: those that are missing or differ are written, an operator's rows are never
     * touched.
     *
     * @return number of rows written; 0 when all was there
     */
    public int loadShipped() {
        Content content = read();
        List<StatusCode> changed = ShippedCodes.rows().stream()
                .filter(row -> content.unusable().containsKey(CodeRecord.key(row))
                        || !row.equals(content.rows().get(CodeRecord.key(row))))
                .toList();
        if (!changed.isEmpty()) {
            write(changed);
        }
        return changed.size();
    }

    /** The key of an operator's row. */
    public static String operatorKey(String id) {
        return Origin.OPERATOR.text() + '/' + id;
    }
}
