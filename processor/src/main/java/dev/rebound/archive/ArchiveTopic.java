package dev.rebound.archive;

import dev.rebound.app.TopicAdmin;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Archives {@code delivery-events}: each run what came since the last one. */
public final class ArchiveTopic {

    /** Fetched of a partition at once: one is read at a time, and broker and disk should not wait for each other. */
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private static final int POLL_RECORDS = 5_000;

    private final ReboundConfig config;
    private final String topic;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;

    /** Of the cluster of a configuration. */
    public ArchiveTopic(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.config = config;
        this.topic = config.topics().deliveryEvents().name();
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
    }

    /**
     * Adds to an archive what the topic has and the archive has not, up to the end that the topic has now. Records of transactions that
     * are open stay for later, with all behind them.
     *
     * @param directory the archive; made when it is not there
     * @param span where a partition begins of which nothing is archived, and where to end
     * @param stop asked often; once true, the file under way is completed and the run ends
     * @throws ArchiveException when the directory holds something else or cannot be continued
     * @throws dev.rebound.app.TopicsException when the topic is missing
     * @throws dev.rebound.serde.SchemaRegistryException when the registry does not answer
     * @throws KafkaException when the brokers do not answer
     * @throws IOException when a file cannot be written
     */
    public WriteReport write(Path directory, ArrivalSpan span, Progress progress, BooleanSupplier stop)
            throws IOException {
        new TopicAdmin(config).require(List.of(config.topics().deliveryEvents()));
        Origin origin = origin();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                ArchiveWriter writer = ArchiveWriter.open(directory, origin, ArchiveWriter.USUAL_FILE_BYTES)) {
            SchemaKeeper keeper = new SchemaKeeper(writerSchemas, schemas, writer);
            return new ArchiveRun(consumer, writer, keeper, origin, span, progress, stop).run();
        }
    }

    private Origin origin() {
        try (Admin admin = Admin.create(config.adminClient())) {
            String cluster = admin.describeCluster().clusterId().get();
            TopicDescription description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return new Origin(
                    cluster,
                    topic,
                    description.topicId().toString(),
                    description.partitions().size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for topic " + topic, e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot look up topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // An offset that is gone is a gap that must be told, not passed over.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
