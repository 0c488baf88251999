package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When which address has to be decided about anew although nothing happens: its suppression ends, or a delivery settles. Keys are the
 * time, big-endian, with the row's key behind it, so that what is due comes first.
 */
final class DueAddresses {

    /** So many are decided about in one go: a transaction must stay short. */
    private static final int AT_ONCE = 5_000;

    private static final byte[] PRESENT = {1};
    private static final byte[] ZERO_TIME = new byte[Long.BYTES];

    private final KeyValueStore<byte[], byte[]> store;

    DueAddresses(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** An address is due at another time than before; {@link Decision#NEVER} for never. */
    void move(byte[] row, long before, long next) {
        if (before == next) {
            return;
        }
        if (before != Decision.NEVER) {
            store.delete(key(before, row));
        }
        if (next != Decision.NEVER) {
            store.put(key(next, row), PRESENT);
        }
    }

    /** Rows that are due by now, the most overdue first, at most some thousands. */
    List<byte[]> until(long now) {
        List<byte[]> rows = new ArrayList<>();
        if (now < 0) {
            return rows;
        }
        try (KeyValueIterator<byte[], byte[]> entries = store.range(ZERO_TIME, key(now + 1, new byte[0]))) {
            while (rows.size() < AT_ONCE && entries.hasNext()) {
                byte[] entry = entries.next().key;
                if (ByteBuffer.wrap(entry).getLong() <= now) {
                    byte[] row = new byte[entry.length - Long.BYTES];
                    System.arraycopy(entry, Long.BYTES, row, 0, row.length);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static byte[] key(long time, byte[] row) {
        return ByteBuffer.allocate(Long.BYTES + row.length)
                .putLong(time)
                .put(row)
                .array();
    }

    private static final byte[] REVISION = {-1};

    /** Revision of the policies by which all rows were last decided about; null when that never came to an end. */
    byte[] revision() {
        return store.get(REVISION);
    }

    /** All rows have been decided about by the policies of this revision. */
    void revision(byte[] revision) {
        store.put(REVISION, revision);
    }
}
