package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.RowKey;
import dev.rebound.suppress.History;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the topology keeps to itself and a peer has to do alike: headers, rows of the state, the limit of size, the code table. */
public final class PeerForms {

    private PeerForms() {}

    /**
     * What is stored of an address.
     *
     * @param history what is known
     * @param touchedAt when that last changed, wall clock, epoch milliseconds
     * @param due when to decide anew although nothing happens
     * @param told stands for the record that the feed has; 0 when it has none
     */
    public record Address(History history, long touchedAt, long due, long told) {

        /** Reads a row; that of an address of which nothing is known for null. */
        public static Address fromBytes(byte[] bytes) {
            StoredAddress stored = StoredAddress.fromBytes(bytes);
            return new Address(stored.history(), stored.touchedAt(), stored.due(), stored.told());
        }

        /** The row. */
        public byte[] toBytes() {
            return new StoredAddress(history, touchedAt, due, told).toBytes();
        }
    }

    /** Headers of a record, those that are not null. */
    public static void writeHeaders(Headers headers, byte[] source, byte[] fingerprint, String reason, String detail) {
        if (source != null) {
            headers.add(Coordinates.HEADER, source);
        }
        if (fingerprint != null) {
            headers.add(Fingerprint.HEADER, fingerprint);
        }
        if (reason != null) {
            headers.add(DeadLetter.REASON, reason.getBytes(StandardCharsets.UTF_8));
            headers.add(DeadLetter.DETAIL, detail.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a record with none but Rebound's own headers can be written. */
    public static boolean fits(byte[] key, byte[] value) {
        return RecordSize.fits(key, value, new RecordHeaders());
    }

    /** A row of a domain for its topic. @param details null for windows that have only counts */
    public static DomainStats domainStats(RowKey key, Counts counts, Details details) {
        return new StatisticsRow(key, 0, counts, details).domainStats();
    }

    /** A row of a provider for its topic. @param details null for windows that have only counts */
    public static ProviderStats providerStats(RowKey key, Counts counts, Details details) {
        return new StatisticsRow(key, 0, counts, details).providerStats();
    }

    /** The code table as its topic has it now. */
    public static CodeTable codeTable(ReboundConfig config, WriterSchemas schemas) {
        LiveCodeTable table = new LiveCodeTable(schemas);
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        TopicPartition rows = new TopicPartition(config.topics().statusCodes().name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(rows));
            consumer.seekToBeginning(List.of(rows));
            long end = consumer.endOffsets(List.of(rows)).get(rows);
            while (consumer.position(rows) < end) {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofSeconds(1))) {
                    table.apply(row.key(), row.value(), row.offset());
                }
            }
        }
        return table.current();
    }
}
