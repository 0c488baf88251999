package dev.rebound.archive;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a topic can have them: any bytes, nulls, headers of one name, offsets without records, times in any order. */
final class AnyRecords {

    static final String TOPIC = "delivery-events";
    static final int PARTITIONS = 2;
    static final Origin ORIGIN = new Origin("cluster-1", TOPIC, "topic-id-1", PARTITIONS);

    /** 2026-03-01T14:00:00Z. */
    static final long HOUR = 1_772_373_600_000L;

    /** A record that is not yet in its place. */
    private record Loose(int skipped, long later, boolean late, byte[] key, byte[] value, List<Field> headers) {}

    private record Field(String name, byte[] value) {}

    private AnyRecords() {}

    private static Arbitrary<byte[]> bytes(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).injectNull(0.1);
    }

    private static Arbitrary<Loose> loose() {
        Arbitrary<Field> header = Combinators.combine(Arbitraries.of("a", "b", "", "ü \n"), bytes(5))
                .as(Field::new);
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1), Tuple.of(1, 3)),
                        Arbitraries.longs().between(0, TimeUnit.MINUTES.toMillis(50)),
                        Arbitraries.of(false, false, false, true),
                        bytes(20),
                        bytes(300),
                        header.list().ofMaxSize(3))
                .as(Loose::new);
    }

    /** Records of both partitions, each in the order of its offsets. */
    static Arbitrary<List<List<ConsumerRecord<byte[], byte[]>>>> partitions() {
        return Combinators.combine(loose().list().ofMaxSize(40), loose().list().ofMaxSize(5))
                .as((first, second) -> List.of(placed(0, first), placed(1, second)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> placed(int partition, List<Loose> loose) {
        List<ConsumerRecord<byte[], byte[]>> placed = new ArrayList<>();
        long offset = 7;
        long time = HOUR;
        for (Loose one : loose) {
            offset += one.skipped();
            time += one.later();
            long timestamp = one.late() ? time - TimeUnit.HOURS.toMillis(2) : time;
            TimestampType type = one.late() ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME;
            Headers headers = new RecordHeaders();
            one.headers().forEach(header -> headers.add(header.name(), header.value()));
            placed.add(record(partition, offset++, timestamp, type, one.key(), one.value(), headers));
        }
        return placed;
    }

    static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, long timestamp, TimestampType type, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                timestamp,
                type,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** An unremarkable record. */
    static ConsumerRecord<byte[], byte[]> record(int partition, long offset, long timestamp, byte... value) {
        return record(
                partition,
                offset,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                new byte[] {1},
                value,
                new RecordHeaders());
    }

    /** Everything that is to be kept of a record. */
    static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append('[')
                    .append(header.key())
                    .append('=')
                    .append(hex(header.value()))
                    .append(']');
        }
        return String.join(
                " ",
                record.topic(),
                Integer.toString(record.partition()),
                Long.toString(record.offset()),
                Long.toString(record.timestamp()),
                record.timestampType().name(),
                hex(record.key()) + '/' + record.serializedKeySize(),
                hex(record.value()) + '/' + record.serializedValueSize(),
                headers);
    }

    static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(AnyRecords::text).toList();
    }

    /** All that an archive has of a partition, from an offset on. */
    static List<String> read(Archive archive, int partition, long from) {
        List<String> texts = new ArrayList<>();
        try (ArchiveReader reader = archive.read(partition, from)) {
            while (reader.hasNext()) {
                texts.add(text(reader.next()));
            }
        }
        return texts;
    }

    static List<String> read(Archive archive) {
        return Stream.iterate(0, partition -> partition < PARTITIONS, partition -> partition + 1)
                .flatMap(partition -> read(archive, partition, 0).stream())
                .toList();
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
    }
}
