package dev.rebound.archive;

import static dev.rebound.archive.AnyRecords.HOUR;
import static dev.rebound.archive.AnyRecords.ORIGIN;
import static dev.rebound.archive.AnyRecords.TOPIC;
import static dev.rebound.archive.AnyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.ingest.Progress;
import dev.rebound.serde.SchemaRegistryException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WireFormat;
import dev.rebound.serde.WriterSchemas;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveRunTest {

    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final BooleanSupplier NEVER = () -> false;

    @TempDir
    private Path parent;

    private Path directory;
    private SchemaRegistryClient registry = new MockSchemaRegistryClient();

    @BeforeEach
    void name() {
        directory = parent.resolve("archive");
    }

    /** A topic whose first partition has the records of these offsets, and its second none. */
    private static final class Topic extends MockConsumer<byte[], byte[]> {

        private final List<ConsumerRecord<byte[], byte[]>> records;

        Topic(long beginning, long end, List<ConsumerRecord<byte[], byte[]>> records) {
            super("none");
            this.records = records;
            updateBeginningOffsets(Map.of(FIRST, beginning, SECOND, 0L));
            updateEndOffsets(Map.of(FIRST, end, SECOND, 0L));
        }

        @Override
        public void seek(TopicPartition partition, long offset) {
            super.seek(partition, offset);
            records.stream().filter(record -> record.offset() >= offset).forEach(this::addRecord);
        }
    }

    private static Topic topic(long beginning, long end) {
        return new Topic(
                beginning,
                end,
                LongStream.range(beginning, end)
                        .mapToObj(offset -> record(0, offset, HOUR + offset, (byte) 1))
                        .toList());
    }

    private WriteReport archive(Topic topic, BooleanSupplier stop) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.open(directory, ORIGIN, 1_000)) {
            SchemaKeeper keeper = new SchemaKeeper(
                    new WriterSchemas(registry, Duration.ZERO), new Schemas(registry, "http://registry"), writer);
            return new ArchiveRun(topic, writer, keeper, ORIGIN, ArrivalSpan.ALL, Progress.none(), stop).run();
        }
    }

    private List<String> archived() {
        return AnyRecords.read(Archive.open(directory), 0, 0);
    }

    @Test
    void goesOnWhereTheLastRunEnded() throws IOException {
        assertThat(archive(topic(0, 10), NEVER).records()).isEqualTo(10);
        assertThat(archive(topic(0, 10), NEVER).records()).isZero();
        WriteReport later = archive(topic(0, 25), NEVER);

        assertThat(later.records()).isEqualTo(15);
        assertThat(later.gaps()).isEmpty();
        assertThat(archived()).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void whatWasDeletedBetweenRunsIsTold() throws IOException {
        archive(topic(0, 10), NEVER);

        WriteReport report = archive(topic(15, 20), NEVER);

        assertThat(report.gaps()).containsExactly(new OffsetGap(0, 10, 15));
        assertThat(report.records()).isEqualTo(5);
        assertThat(report.complete()).isTrue();
        assertThat(archive(topic(15, 20), NEVER).gaps()).isEmpty();
        assertThat(Archive.open(directory).gaps(0)).containsExactly(new OffsetGap(0, 10, 15));
    }

    @Test
    void whatWasDeletedIsToldAlsoWhenNothingIsLeft() throws IOException {
        archive(topic(0, 10), NEVER);

        assertThat(archive(topic(15, 15), NEVER).gaps()).containsExactly(new OffsetGap(0, 10, 15));
        assertThat(Archive.open(directory).span(0)).contains(new OffsetSpan(0, 10));
    }

    @Test
    void offsetsThatNeverHadARecordAreNoGap() throws IOException {
        Topic withMarks = new Topic(
                0, 9, List.of(record(0, 0, HOUR, (byte) 1), record(0, 3, HOUR, (byte) 2), record(0, 8, HOUR, (byte)
                        3)));

        assertThat(archive(withMarks, NEVER).gaps()).isEmpty();
        assertThat(Archive.open(directory).span(0)).contains(new OffsetSpan(0, 9));
        assertThat(Archive.open(directory).gaps(0)).isEmpty();
    }

    @Test
    void whatIsDeletedDuringARunIsTold() throws IOException {
        Topic topic = topic(0, 10);
        topic.setMaxPollRecords(4);
        topic.schedulePollTask(() -> {});
        topic.schedulePollTask(() -> topic.updateBeginningOffsets(Map.of(FIRST, 7L)));

        WriteReport report = archive(topic, NEVER);

        assertThat(report.gaps()).containsExactly(new OffsetGap(0, 4, 7));
        assertThat(report.records()).isEqualTo(7);
        assertThat(Archive.open(directory).span(0)).contains(new OffsetSpan(0, 10));
    }

    @Test
    void aStoppedRunKeepsWhatItHasAndTheNextGoesOn() throws IOException {
        Topic topic = topic(0, 10);
        topic.setMaxPollRecords(4);

        WriteReport stopped = archive(topic, () -> true);

        assertThat(stopped.complete()).isFalse();
        assertThat(archived()).hasSize(4);
        assertThat(archive(topic(0, 10), NEVER).records()).isEqualTo(6);
        assertThat(archived()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void recordsBehindTheEndAreForTheNextRun() throws IOException {
        Topic topic = topic(0, 10);
        topic.updateEndOffsets(Map.of(FIRST, 6L));

        assertThat(archive(topic, NEVER).records()).isEqualTo(6);
        assertThat(Archive.open(directory).span(0)).contains(new OffsetSpan(0, 6));
    }

    @Test
    void aTopicThatLostItsEndIsNotArchivedOn() throws IOException {
        archive(topic(0, 10), NEVER);

        assertThatThrownBy(() -> archive(topic(0, 8), NEVER))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("archived up to offset 10, but topic delivery-events ends at 8");
        assertThat(archived()).hasSize(10);
    }

    @Test
    void schemasThatValuesReferToAreKept() throws Exception {
        AvroSchema schema = new AvroSchema(
                SchemaBuilder.record("R").doc("d").fields().requiredLong("n").endRecord());
        int id = registry.register("s", schema);
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(0, 0, HOUR, WireFormat.frame(id, new byte[] {2})),
                record(0, 1, HOUR, WireFormat.frame(77, new byte[] {2})),
                record(0, 2, HOUR, (byte) 9),
                record(0, 3, HOUR, (byte[]) null));

        WriteReport report = archive(new Topic(0, 4, records), NEVER);

        assertThat(report.records()).isEqualTo(4);
        assertThat(report.unknownSchema()).isEqualTo(1);
        assertThat(Archive.open(directory).schemas())
                .isEqualTo(Map.of(id, schema.rawSchema().toString()));
    }

    /** Otherwise the archive would have values that nothing says how to read. */
    @Test
    void nothingIsArchivedWithoutItsSchemaWhileTheRegistryIsAway() throws IOException {
        registry = new MockSchemaRegistryClient() {
            @Override
            public ParsedSchema getSchemaById(int id) throws IOException {
                throw new IOException("connection refused");
            }
        };
        Topic topic = new Topic(0, 1, List.of(record(0, 0, HOUR, WireFormat.frame(1, new byte[] {2}))));

        assertThatThrownBy(() -> archive(topic, NEVER))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("cannot keep schema 1 in the archive");
        assertThat(Archive.open(directory).span(0)).isEmpty();
    }
}
