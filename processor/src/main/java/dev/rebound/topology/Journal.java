package dev.rebound.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Keeps what a processor holds in memory until it passes it on: entries are written and never read, but after a restart. The changelog
 * makes them part of the transaction, so that nothing is lost or counted twice over a crash. Entries are gathered and written together
 * before each commit, a record for many of them: Streams asks stores for that, as its record cache has to be asked (hence the one interface
 * that is not of its public ones). Records take the places of those that were cleared.
 *
 * <p>An entry is appended when there is something to keep, or, by what is told before each commit, for all that has changed since the last.
 */
final class Journal implements StateStore, CachedStateStore<byte[], byte[]> {

    /** Of a record's form: version, run, and each entry behind its length. */
    private static final byte VERSION = 1;

    private static final int ENTRIES_AT = 1 + Long.BYTES;

    /** Holds the number of the present run of entries; those of earlier runs were cleared. */
    private static final int HEAD = -1;

    /** A record is full with so many bytes: far from the largest that a topic takes. */
    private static final int FULL = 128 << 10;

    private static final Runnable NOTHING = () -> {};

    final KeyValueStore<byte[], byte[]> store;
    private Runnable beforeCommit = NOTHING;
    private byte[] gathered = new byte[1024];
    private int end = ENTRIES_AT;
    private long run;
    private int places;
    private int size;
    private long bytes;

    Journal(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** The store of a journal of this name. */
    static StoreBuilder<Journal> store(String name) {
        return new Builder(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray()));
    }

    private record Builder(StoreBuilder<KeyValueStore<byte[], byte[]>> rows) implements StoreBuilder<Journal> {

        @Override
        public StoreBuilder<Journal> withCachingEnabled() {
            throw new UnsupportedOperationException("a journal gathers what it writes itself");
        }

        @Override
        public StoreBuilder<Journal> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<Journal> withLoggingEnabled(Map<String, String> config) {
            rows.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<Journal> withLoggingDisabled() {
            rows.withLoggingDisabled();
            return this;
        }

        @Override
        public Journal build() {
            return new Journal(rows.build());
        }

        @Override
        public Map<String, String> logConfig() {
            return rows.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return rows.loggingEnabled();
        }

        @Override
        public String name() {
            return rows.name();
        }
    }

    /** Begins with what the last commit left, and gives it, oldest first. */
    void open(Consumer<byte[]> entries) {
        open(entries, NOTHING);
    }

    /**
     * Begins with what the last commit left, and gives it, oldest first.
     *
     * @param beforeCommit appends what there is to keep and is not in the journal yet
     */
    void open(Consumer<byte[]> entries, Runnable beforeCommit) {
        this.beforeCommit = beforeCommit;
        byte[] head = store.get(key(HEAD));
        begin(head == null ? 0 : ByteBuffer.wrap(head).getLong());
        for (byte[] record = record(); record != null; record = record()) {
            ByteBuffer parts = ByteBuffer.wrap(record, ENTRIES_AT, record.length - ENTRIES_AT);
            while (parts.hasRemaining()) {
                byte[] entry = new byte[parts.getInt()];
                parts.get(entry);
                entries.accept(entry);
                count(entry);
            }
            places++;
        }
    }

    /** The next record of the present run; null at its end. */
    private byte[] record() {
        byte[] stored = store.get(key(places));
        if (stored == null) {
            return null;
        }
        if (stored[0] != VERSION) {
            throw new IllegalStateException(
                    "stored record of " + store.name() + " has version " + stored[0] + " (expected: " + VERSION + ")");
        }
        return ByteBuffer.wrap(stored).getLong(1) == run ? stored : null;
    }

    private void begin(long number) {
        run = number;
        places = 0;
        size = 0;
        bytes = 0;
        end = ENTRIES_AT;
    }

    private void count(byte[] entry) {
        size++;
        bytes += entry.length;
    }

    void append(byte[] entry) {
        int needed = end + Integer.BYTES + entry.length;
        if (needed > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(needed, gathered.length * 2));
        }
        ByteBuffer.wrap(gathered, end, needed - end).putInt(entry.length).put(entry);
        end = needed;
        count(entry);
        if (end >= FULL) {
            write();
        }
    }

    /** Before each commit. */
    @Override
    public void flushCache() {
        beforeCommit.run();
        write();
    }

    private void write() {
        if (end > ENTRIES_AT) {
            ByteBuffer.wrap(gathered).put(VERSION).putLong(run);
            store.put(key(places++), Arrays.copyOf(gathered, end));
            end = ENTRIES_AT;
        }
    }

    /** All entries have been passed on. */
    void clear() {
        if (size > 0) {
            begin(run + 1);
            store.put(key(HEAD), ByteBuffer.allocate(Long.BYTES).putLong(run).array());
        }
    }

    /** Number of entries. */
    int size() {
        return size;
    }

    /** Bytes of all entries. */
    long bytes() {
        return bytes;
    }

    private static byte[] key(int place) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(place).array();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void clearCache() {
        end = ENTRIES_AT;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        begin(0);
        beforeCommit = NOTHING;
        store.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        store.commit(offsets);
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    @Override
    public Position getPosition() {
        return store.getPosition();
    }
}
