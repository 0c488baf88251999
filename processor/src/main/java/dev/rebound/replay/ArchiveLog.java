package dev.rebound.replay;

import dev.rebound.archive.Archive;
import dev.rebound.archive.ArchiveReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An archive of {@code delivery-events}. */
final class ArchiveLog implements EventLog {

    private final Archive archive;
    private final Map<Integer, Range> ranges = new TreeMap<>();

    /** @throws dev.rebound.archive.ArchiveException when the directory holds no archive that can be read */
    ArchiveLog(Path directory) {
        archive = Archive.open(directory);
        for (int partition = 0; partition < archive.partitions(); partition++) {
            ranges.put(
                    partition,
                    archive.span(partition)
                            .map(span -> new Range(span.from(), span.to()))
                            .orElse(new Range(0, 0)));
        }
    }

    @Override
    public String topic() {
        return archive.topic();
    }

    @Override
    public Map<Integer, Range> ranges() {
        return ranges;
    }

    @Override
    public Map<Integer, Long> offsetsAt(Instant time) {
        Map<Integer, Long> offsets = new TreeMap<>();
        ranges.forEach((partition, range) ->
                offsets.put(partition, range.length() == 0 ? range.to() : archive.offsetAt(partition, time)));
        return offsets;
    }

    @Override
    public Reading read(Map<Integer, Range> wanted) {
        return new FromFiles(wanted);
    }

    @Override
    public void close() {
        // Each reading opens files of its own.
    }

    private final class FromFiles implements Reading {

        private final Map<Integer, Range> wanted;
        private final Map<Integer, ArchiveReader> readers = new HashMap<>();
        private final Map<Integer, ConsumerRecord<byte[], byte[]>> next = new HashMap<>();

        FromFiles(Map<Integer, Range> wanted) {
            this.wanted = wanted;
            wanted.forEach((partition, range) -> {
                if (range.length() > 0) {
                    readers.put(partition, archive.read(partition, range.from()));
                    take(partition);
                }
            });
        }

        @Override
        public Optional<ConsumerRecord<byte[], byte[]>> peek(int partition) {
            return Optional.ofNullable(next.get(partition));
        }

        @Override
        public void take(int partition) {
            ArchiveReader reader = readers.get(partition);
            ConsumerRecord<byte[], byte[]> record = reader.hasNext() ? reader.next() : null;
            if (record == null || record.offset() >= wanted.get(partition).to()) {
                next.remove(partition);
            } else {
                next.put(partition, record);
            }
        }

        @Override
        public long position(int partition) {
            ConsumerRecord<byte[], byte[]> record = next.get(partition);
            return record == null ? wanted.get(partition).to() : record.offset();
        }

        @Override
        public void close() {
            readers.values().forEach(ArchiveReader::close);
        }
    }
}
