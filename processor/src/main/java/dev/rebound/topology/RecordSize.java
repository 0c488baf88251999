package dev.rebound.topology;

import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether a record can be written at all. It must be known before forwarding: under exactly-once a record that the broker
 * refuses as too large blocks the commit for ever.
 */
final class RecordSize {

    /** Batch header and the record's own length fields, rounded up. */
    private static final int FRAME = 256;

    /**
     * What Rebound's own headers take at most, with a topic's longest name. It is set aside whether they are there yet or not, so that where a
     * record was read makes no difference to whether it fits.
     */
    private static final int OWN_HEADERS = 512;

    private static final Set<String> OWN = Set.of(Coordinates.HEADER, Fingerprint.HEADER);

    private static final int HEADER_OVERHEAD = 10;

    private RecordSize() {}

    static boolean fits(byte[] key, byte[] value, Headers headers) {
        long own = 0;
        long others = 0;
        for (Header header : headers) {
            long taken = HEADER_OVERHEAD + Utils.utf8Length(header.key()) + length(header.value());
            if (OWN.contains(header.key())) {
                own += taken;
            } else {
                others += taken;
            }
        }
        long size = FRAME + length(key) + length(value) + others + Math.max(OWN_HEADERS, own);
        return size <= Topics.OUTPUT_MAX_BYTES;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
