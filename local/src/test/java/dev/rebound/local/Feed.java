package dev.rebound.local;

import dev.rebound.local.Workload.Input;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a workload, each record once and in order, as far as the test lets it, on a thread of its own: whatever happens to
 * the processor happens while events come in.
 */
final class Feed implements AutoCloseable {

    private static final Duration BETWEEN_RECORDS = Duration.ofMillis(1);

    private final List<Input> inputs;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaProducer<byte[], byte[]> compressing;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile int limit;
    private volatile int sent;
    private volatile boolean closing;

    Feed(TestCluster cluster, List<Input> inputs) {
        this.inputs = inputs;
        this.topic = cluster.topics.deliveryEvents().name();
        this.producer = producer(cluster, "none");
        this.compressing = producer(cluster, "gzip");
        thread.start();
    }

    private static KafkaProducer<byte[], byte[]> producer(TestCluster cluster, String compression) {
        Properties properties = cluster.client();
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        // A broker that does not know a producer takes any of its batches for the first: seen when one had just come
        // back,
        // and the batch that it had overtaken was refused from then on.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Lets it send up to this record, the first being 0; at a pace, and without waiting here. */
    void allow(int records) {
        limit = Math.min(records, inputs.size());
        LockSupport.unpark(thread);
    }

    /** Lets it send everything. */
    void allowAll() {
        allow(inputs.size());
    }

    /** Number of records handed to the broker so far, whether or not it has acknowledged them. */
    int sent() {
        if (failure.get() != null) {
            throw new AssertionError("the feed failed", failure.get());
        }
        return sent;
    }

    @Override
    public String toString() {
        return "of " + inputs.size() + " records " + sent + " were sent and " + acknowledged + " acknowledged";
    }

    private void run() {
        try {
            while (!closing && sent < inputs.size()) {
                if (sent >= limit) {
                    LockSupport.park();
                    continue;
                }
                send(inputs.get(sent));
                sent++;
                LockSupport.parkNanos(BETWEEN_RECORDS.toNanos());
            }
            producer.flush();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    private void send(Input input) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, input.partition(), input.key(), input.value(), input.headers());
        if (input.compressed()) {
            // Another producer, so in its turn.
            producer.flush();
            compressing.send(record).get();
            acknowledged.incrementAndGet();
        } else {
            producer.send(record, (metadata, problem) -> {
                if (problem == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, problem);
                }
            });
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        producer.close(Duration.ZERO);
        compressing.close(Duration.ZERO);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
