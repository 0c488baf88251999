package dev.rebound.bench;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.event.EventKey;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.serde.AvroEncoder;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events to a stream while they are processed, as a sending system would: in batches of some milliseconds. */
final class Sender implements AutoCloseable {

    static final int LINGER_MS = 5;

    private static final long LONGEST_NAP_NANOS = 500_000;

    private final String topic;
    private final CodeTable table;
    private final int schema;
    private final AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile long sent;

    Sender(EventStream stream) {
        this.topic = stream.topics().deliveryEvents().name();
        this.table = stream.table();
        this.schema = stream.connections().schemas().id(topic, DeliveryEvent.getClassSchema());
        Properties properties = stream.config().producerClient();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes in where a hard bounce was written, and when it was due. */
    interface Watcher {

        void sent(Place event, long dueAt);
    }

    /**
     * Sends so many events when they are due; what is late is sent at once. Returns when all are written.
     *
     * @return how late the latest one was, in milliseconds
     */
    double send(Supplier<DeliveryEvent> events, Pace pace, long count, Watcher hardBounces) throws Exception {
        long latest = 0;
        for (long number = 0; number < count; number++) {
            DeliveryEvent event = events.get();
            long due = pace.due(number);
            long early = due - System.nanoTime();
            while (early > 0) {
                LockSupport.parkNanos(Math.min(early, LONGEST_NAP_NANOS));
                early = due - System.nanoTime();
            }
            latest = Math.max(latest, -early);
            send(event, due, hardBounces);
        }
        flush();
        return latest / 1e6;
    }

    /** Sends as many events as it can, while it may. */
    void send(Supplier<DeliveryEvent> events, BooleanSupplier goesOn) throws Exception {
        while (goesOn.getAsBoolean()) {
            send(events.get(), 0, null);
        }
        flush();
    }

    private void send(DeliveryEvent event, long due, Watcher hardBounces) throws Exception {
        boolean watched = hardBounces != null && isHardBounce(event);
        producer.send(
                new ProducerRecord<>(topic, EventKey.of(event), encoder.framed(schema, event)), (written, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    } else if (watched) {
                        hardBounces.sent(new Place(written.partition(), written.offset()), due);
                    }
                });
        sent++;
        throwFailure();
    }

    private boolean isHardBounce(DeliveryEvent event) {
        Outcome outcome = event.getOutcome();
        return (outcome == Outcome.BOUNCED || outcome == Outcome.EXPIRED)
                && Route.of(outcome, Classifier.classify(event, table)) == Route.HARD;
    }

    private void flush() throws Exception {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() throws Exception {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** How many events it has sent in all. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
