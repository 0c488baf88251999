package dev.rebound.archive;

import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.topology.Coordinates;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes all records of an archive into an empty topic. */
public final class RestoreTopic {

    private static final int BATCH_BYTES = 256 * 1024;

    private static final int LEAST_REQUEST_BYTES = 1024 * 1024;
    private static final int LEAST_BUFFER_BYTES = 32 * 1024 * 1024;

    private final ReboundConfig config;
    private final RestoreSchemas schemas;

    /** Into the cluster of a configuration. */
    public RestoreTopic(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.config = config;
        this.schemas = new RestoreSchemas(writerSchemas, schemas);
    }

    /**
     * Writes each record into the partition that it was in, in the same order, with the same timestamp, key, value and headers, and with
     * header {@code rebound.source} unless it has that. Offsets are new.
     *
     * @param topic where to; has to be there, and empty
     * @param stop asked often; once true, it ends, and what was written is of no use
     * @throws RestoreRefusedException when topic or registry would not take and keep the records as they are
     * @throws ArchiveException naming a file that is not as it was written
     * @throws dev.rebound.serde.SchemaRegistryException when the registry does not answer
     * @throws KafkaException when the brokers do not answer
     */
    public RestoreReport restore(Archive archive, String topic, Progress progress, BooleanSupplier stop) {
        List<ArchivedFile> files = archive.manifest().files().toList();
        if (files.isEmpty()) {
            throw new RestoreRefusedException(archive.directory() + " has no records (expected: at least one)");
        }
        refuseUndated(files);
        TargetSettings settings = new TargetSettings(files);
        new RestoreTarget(config, topic).check(archive.partitions(), settings);
        schemas.check(archive.schemas());
        long all = files.stream().mapToLong(ArchivedFile::records).sum();
        try (KafkaProducer<byte[], byte[]> producer = producer(settings.largest())) {
            Writing writing = new Writing(producer, topic, all, progress, stop);
            for (int partition = 0; partition < archive.partitions(); partition++) {
                writing.copy(archive, partition);
            }
            return writing.end();
        }
    }

    /** Producers refuse such timestamps, and Rebound reads no records with them either. */
    private static void refuseUndated(List<ArchivedFile> files) {
        files.stream()
                .filter(file -> file.earliest().toEpochMilli() < 0)
                .findFirst()
                .ifPresent(file -> {
                    throw new RestoreRefusedException(file.name() + " has a record with timestamp " + file.earliest()
                            + " (expected: from 1970 on, as Kafka takes no others)");
                });
    }

    private KafkaProducer<byte[], byte[]> producer(int largest) {
        Properties properties = config.producerClient();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // Keeps the order, whatever is sent again.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.max(LEAST_REQUEST_BYTES, largest));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(LEAST_BUFFER_BYTES, 2L * largest));
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What to send for an archived record. */
    static ProducerRecord<byte[], byte[]> restored(String topic, ConsumerRecord<byte[], byte[]> record) {
        Headers headers = new RecordHeaders(record.headers());
        if (headers.lastHeader(Coordinates.HEADER) == null) {
            new Coordinates(record.topic(), record.partition(), record.offset(), record.timestamp()).write(headers);
        }
        return new ProducerRecord<>(
                topic, record.partition(), record.timestamp(), record.key(), record.value(), headers);
    }

    /** One run. */
    private static final class Writing {

        private final Producer<byte[], byte[]> producer;
        private final String topic;
        private final long all;
        private final Progress progress;
        private final BooleanSupplier stop;
        private final AtomicLong written = new AtomicLong();
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private long read;
        private boolean stopped;

        Writing(Producer<byte[], byte[]> producer, String topic, long all, Progress progress, BooleanSupplier stop) {
            this.producer = producer;
            this.topic = topic;
            this.all = all;
            this.progress = progress;
            this.stop = stop;
        }

        void copy(Archive archive, int partition) {
            try (ArchiveReader reader = archive.read(partition, 0)) {
                while (!stopped && reader.hasNext()) {
                    send(restored(topic, reader.next()));
                    progress.advanced(++read, written.get(), (double) read / all);
                    stopped = stop.getAsBoolean();
                }
            }
        }

        private void send(ProducerRecord<byte[], byte[]> record) {
            producer.send(record, (metadata, problem) -> {
                if (problem == null) {
                    written.incrementAndGet();
                } else {
                    failure.compareAndSet(null, problem);
                }
            });
            throwFailure();
        }

        RestoreReport end() {
            producer.flush();
            throwFailure();
            return new RestoreReport(topic, written.get(), all, written.get() == all);
        }

        private void throwFailure() {
            Exception problem = failure.get();
            if (problem != null) {
                throw new KafkaException(
                        "cannot write to topic " + topic + ", which has a part of the records now: "
                                + problem.getMessage(),
                        problem);
            }
        }
    }
}
