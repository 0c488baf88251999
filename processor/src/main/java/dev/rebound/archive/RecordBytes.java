package dev.rebound.archive;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record takes up in a topic. */
final class RecordBytes {

    /** Header of a batch and the record's own length fields, rounded up. */
    private static final int OVERHEAD = 128;

    private static final int HEADER_OVERHEAD = 10;

    private RecordBytes() {}

    /** The size of a batch with this record alone, without compression; at most so many bytes. */
    static int atMost(ConsumerRecord<byte[], byte[]> record) {
        long size = OVERHEAD + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
