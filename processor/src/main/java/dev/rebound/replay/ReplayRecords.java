package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.Replay;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a replay's own topic says of it: its definition, how far it is, whether it is to stop. */
final class ReplayRecords implements AutoCloseable {

    private static final String DEFINITION = "definition";
    private static final String PROGRESS = "progress";
    private static final String STOP = "stop";

    private final ReboundConfig config;
    private final Connections connections;
    private final String topic;
    private KafkaProducer<byte[], byte[]> producer;

    /** @param topic name of the replay's own topic */
    ReplayRecords(ReboundConfig config, Connections connections, String topic) {
        this.config = config;
        this.connections = connections;
        this.topic = topic;
    }

    /**
     * What is known of a replay.
     *
     * @param definition null when it was never written: the process died between making the topic and this
     * @param progress null before it began
     */
    record Content(ReplayDefinition definition, ReplayProgress progress) {}

    /**
     * Reads all.
     *
     * @throws KafkaException when the topic is missing or the brokers do not answer
     */
    Content read() {
        AvroDecoder<Replay> decoder = new AvroDecoder<>(connections.writerSchemas(), Replay.getClassSchema());
        Content content = new Content(null, null);
        try (TopicReading reading = TopicReading.toEnd(config, new TopicPartition(topic, 0))) {
            for (Optional<ConsumerRecord<byte[], byte[]>> next = reading.next();
                    next.isPresent();
                    next = reading.next()) {
                content = with(content, decoder, next.get());
            }
        }
        return content;
    }

    private static Content with(Content content, AvroDecoder<Replay> decoder, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return content;
        }
        try {
            Replay replay = decoder.decode(record.value());
            return switch (new String(record.key(), StandardCharsets.UTF_8)) {
                case DEFINITION -> new Content(replay.getDefinition(), content.progress());
                case PROGRESS -> new Content(content.definition(), replay.getProgress());
                default -> content;
            };
        } catch (UndecodableException e) {
            throw new ReplayException(
                    "record " + record.offset() + " of " + record.topic() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Bytes of the record that a definition makes. */
    static int size(ReplayDefinition definition) {
        return new AvroEncoder<Replay>(Replay.getClassSchema())
                .body(Replay.newBuilder().setDefinition(definition).build())
                .length;
    }

    void write(ReplayDefinition definition) {
        write(DEFINITION, Replay.newBuilder().setDefinition(definition).build());
    }

    void write(ReplayProgress progress) {
        write(PROGRESS, Replay.newBuilder().setProgress(progress).build());
    }

    void askToStop(Instant now) {
        write(STOP, Replay.newBuilder().setStopAskedFor(now).build());
    }

    /** Whether a record of the topic asks to stop. */
    static boolean asksToStop(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && STOP.equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    private synchronized void write(String key, Replay replay) {
        byte[] value = new AvroEncoder<Replay>(Replay.getClassSchema())
                .framed(connections.schemas().id(topic, Replay.getClassSchema()), replay);
        try {
            producer()
                    .send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to " + topic, e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot write to " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            Properties properties = config.producerClient();
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
