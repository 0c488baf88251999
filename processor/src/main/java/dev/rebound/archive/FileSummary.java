package dev.rebound.archive;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Adds up what is said of a file's records. */
final class FileSummary {

    private long records;
    private long first = -1;
    private long last = -1;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private int largest;

    /** @return the record's size in a topic, at most */
    int add(ConsumerRecord<byte[], byte[]> record) {
        int size = RecordBytes.atMost(record);
        first = records == 0 ? record.offset() : first;
        last = record.offset();
        records++;
        earliest = Math.min(earliest, record.timestamp());
        latest = Math.max(latest, record.timestamp());
        largest = Math.max(largest, size);
        return size;
    }

    /** Offset of the last record; -1 when there is none yet. */
    long last() {
        return last;
    }

    /** With what is known of the file from elsewhere; not before there is a record. */
    ArchivedFile file(String name, int partition, OffsetSpan offsets, long bytes, String sha256) {
        return new ArchivedFile(
                name,
                partition,
                offsets.from(),
                offsets.to(),
                first,
                last,
                records,
                Instant.ofEpochMilli(earliest),
                Instant.ofEpochMilli(latest),
                largest,
                bytes,
                sha256);
    }
}
