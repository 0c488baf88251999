package dev.rebound.ingest;

import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events to {@code delivery-events}, each under its key. What was flushed is on all in-sync replicas. */
public final class KafkaEventSink implements EventSink, AutoCloseable {

    private final String topic;
    private final int schemaId;
    private final AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * A sink for the cluster of a configuration.
     *
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away or does not have the event's schema
     */
    public KafkaEventSink(ReboundConfig config, Schemas schemas) {
        this.topic = config.topics().deliveryEvents().name();
        this.schemaId = schemas.id(topic, DeliveryEvent.getClassSchema());
        Properties properties = config.producerClient();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.INPUT_MAX_BYTES);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void accept(DeliveryEvent event) throws IOException, InterruptedException {
        try {
            byte[] key = EventKey.of(event);
            byte[] value = encoder.framed(schemaId, event);
            producer.send(new ProducerRecord<>(topic, key, value), (metadata, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
            });
        } catch (EventKey.InvalidEventException e) {
            throw new IOException("event " + event.getEventId() + " cannot be written: " + e.getMessage(), e);
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        throwFailure();
    }

    @Override
    public void flush() throws IOException, InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted();
        }
        throwFailure();
    }

    private void throwFailure() throws IOException {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IOException("cannot write to topic " + topic + ": " + problem.getMessage(), problem);
        }
    }

    private static InterruptedException interrupted() {
        // Kafka sets the status again before it throws; the caller of an InterruptedException expects it cleared.
        Thread.interrupted();
        return new InterruptedException("interrupted while writing events");
    }

    @Override
    public void close() {
        producer.close();
    }
}
