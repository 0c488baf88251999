package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
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

    /** Behind all times that are not negative. */
    private static final byte[] REVISION = {-1};

    private static final byte[] CLOCK = {-1, 1};

    private final KeyValueStore<byte[], byte[]> store;

    /** Nothing is due before this: what was has been served, and walking over it again costs time. */
    private long servedUntil;

    DueAddresses(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /**
     * An entry of the index.
     *
     * @param time when it is due, in milliseconds since 1970
     * @param row key of the address's row
     */
    record Due(long time, byte[] row) {}

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
            servedUntil = Math.min(servedUntil, Math.max(0, next));
        }
    }

    /** Takes out an entry that no row stands behind. */
    void forget(Due due) {
        store.delete(key(due.time(), due.row()));
    }

    /** What is due by now, the most overdue first, at most some thousands. */
    List<Due> until(long now) {
        List<Due> found = new ArrayList<>();
        if (now < 0) {
            return found;
        }
        try (KeyValueIterator<byte[], byte[]> entries =
                store.range(key(servedUntil, new byte[0]), key(now + 1, new byte[0]))) {
            while (found.size() < AT_ONCE && entries.hasNext()) {
                byte[] entry = entries.next().key;
                long time = ByteBuffer.wrap(entry).getLong();
                if (time <= now) {
                    found.add(new Due(time, Arrays.copyOfRange(entry, Long.BYTES, entry.length)));
                }
            }
        }
        servedUntil = found.size() < AT_ONCE ? now : found.get(found.size() - 1).time();
        return found;
    }

    private static byte[] key(long time, byte[] row) {
        return ByteBuffer.allocate(Long.BYTES + row.length)
                .putLong(time)
                .put(row)
                .array();
    }

    /** The time at which a replay has ended, in milliseconds since 1970; empty while it has not. */
    OptionalLong clock() {
        byte[] time = store.get(CLOCK);
        return time == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(time).getLong());
    }

    /** A replay has ended, and it is this time. */
    void clock(long time) {
        store.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    }

    /** Revision of the policies by which all rows were last decided about; null when that never came to an end. */
    byte[] revision() {
        return store.get(REVISION);
    }

    /** All rows have been decided about by the policies of this revision; null: only some have, or none. */
    void revision(byte[] revision) {
        store.put(REVISION, revision);
    }
}
