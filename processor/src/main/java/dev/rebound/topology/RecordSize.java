package dev.rebound.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Whether a record can be written at all. It must be known before forwarding: under exactly-once a record that the broker
 * refuses as too large blocks the commit for ever.
 */
final class RecordSize {

    /** Frame of value, batch header and the record's own length fields, rounded up. */
    private static final int OVERHEAD = 256;

    private static final int HEADER_OVERHEAD = 10;

    private RecordSize() {}

    static boolean fits(byte[] key, byte[] value, Headers headers) {
        long size = OVERHEAD + length(key) + length(value);
        for (Header header : headers) {
            size += HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return size <= Topics.OUTPUT_MAX_BYTES;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
