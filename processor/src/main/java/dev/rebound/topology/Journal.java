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
 */
final class Journal implements StateStore, CachedStateStore<byte[], byte[]> {

    /** Holds the number of the present run of entries; those of earlier runs were cleared. */
    private static final int HEAD = -1;

    /** A record is full with so many bytes: far from the largest that a topic takes. */
    private static final int FULL = 128 << 10;

    final KeyValueStore<byte[], byte[]> store;
    private byte[] gathered = new byte[1024];
    private int end = Long.BYTES;
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
        byte[] head = store.get(key(HEAD));
        begin(head == null ? 0 : ByteBuffer.wrap(head).getLong());
        for (byte[] record = record(); record != null; record = record()) {
            ByteBuffer parts = ByteBuffer.wrap(record, Long.BYTES, record.length - Long.BYTES);
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
        return stored == null || ByteBuffer.wrap(stored).getLong() != run ? null : stored;
    }

    private void begin(long number) {
        run = number;
        places = 0;
        size = 0;
        bytes = 0;
        end = Long.BYTES;
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
            flushCache();
        }
    }

    /** Before each commit. */
    @Override
    public void flushCache() {
        if (end > Long.BYTES) {
            ByteBuffer.wrap(gathered).putLong(run);
            store.put(key(places++), Arrays.copyOf(gathered, end));
            end = Long.BYTES;
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
        end = Long.BYTES;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        begin(0);
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
