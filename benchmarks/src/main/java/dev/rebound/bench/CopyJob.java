package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The least that Kafka's clients can do: bytes from one topic to another, without transactions and without Kafka Streams. */
record CopyJob(ReboundConfig config) implements Job {

    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public double run(Order order) throws Exception {
        Clients clients = new Clients(config, order.application());
        String copies = Outputs.copies(config.topics()).name();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
                KafkaProducer<byte[], byte[]> producer = clients.producer(false)) {
            consumer.subscribe(List.of(config.topics().deliveryEvents().name()));
            double begin = Usage.cpuSeconds();
            long done = 0;
            while (done < order.events() && failure.get() == null) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    producer.send(
                            new ProducerRecord<>(copies, record.key(), record.value()),
                            (written, problem) -> failure.compareAndSet(null, problem));
                    done++;
                }
            }
            producer.flush();
            consumer.commitSync();
            if (failure.get() != null) {
                throw failure.get();
            }
            return Usage.cpuSeconds() - begin;
        }
    }
}
