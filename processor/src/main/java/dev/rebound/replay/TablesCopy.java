package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.codes.CodesTopic;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.StatusCode;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.topology.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings the code table into the replay's topic, record by record as it came about, and behind it the rows that were given. */
final class TablesCopy {

    private final ReplayWorld world;
    private final Connections connections;
    private final ReplayDefinition definition;

    TablesCopy(ReplayWorld world, Connections connections, ReplayDefinition definition) {
        this.world = world;
        this.connections = connections;
        this.definition = definition;
    }

    /** All at once, or, when it is there already, nothing. */
    void make() {
        String target = world.topics().statusCodes().name();
        Properties properties = world.live().producerClient();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, world.own().applicationId() + ".tables");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            try (TopicReading there = TopicReading.toEnd(world.live(), new TopicPartition(target, 0))) {
                if (there.next().isPresent()) {
                    return;
                }
            }
            producer.beginTransaction();
            copy(target, producer);
            overlay(target, producer);
            producer.commitTransaction();
        }
    }

    private void copy(String target, KafkaProducer<byte[], byte[]> producer) {
        TopicPartition source =
                new TopicPartition(world.live().topics().statusCodes().name(), 0);
        long end = definition.getTablePosition() + 1;
        long expected = 0;
        try (TopicReading reading = TopicReading.toEnd(world.live(), source)) {
            for (Optional<ConsumerRecord<byte[], byte[]>> next = reading.next();
                    next.isPresent() && next.get().offset() < end;
                    next = reading.next()) {
                ConsumerRecord<byte[], byte[]> record = next.get();
                if (definition.getAsLive() && record.offset() != expected) {
                    throw new ReplayException("the table cannot be made as it was: " + source.topic()
                            + " has lost its record " + expected + " to compaction; leave --as-live out, or set "
                            + "min.compaction.lag.ms of the topic earlier next time (rebound topics check)");
                }
                expected = record.offset() + 1;
                producer.send(new ProducerRecord<>(
                        target, 0, null, record.key(), record.value(), from(record.offset(), record.timestamp())));
            }
        }
    }

    private void overlay(String target, KafkaProducer<byte[], byte[]> producer) {
        List<StatusCode> rows = definition.getOverlay();
        if (rows.isEmpty()) {
            return;
        }
        int schemaId = connections.schemas().id(target, StatusCode.getClassSchema());
        AvroEncoder<StatusCode> encoder = new AvroEncoder<>(StatusCode.getClassSchema());
        for (StatusCode row : rows) {
            byte[] key = CodesTopic.operatorKey(row.getId()).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(
                    target, 0, null, key, encoder.framed(schemaId, row), from(definition.getTablePosition(), 0)));
        }
    }

    /** The position that the table has once the record is read: that of live. */
    private Headers from(long offset, long arrival) {
        Headers headers = new RecordHeaders();
        new Coordinates(world.live().topics().statusCodes().name(), 0, offset, arrival).write(headers);
        return headers;
    }
}
