package dev.rebound.topology;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Keeps what a processor holds in memory until it passes it on: each entry is written once and never read, but after a restart. The
 * store's changelog makes it part of the transaction, so that nothing is lost or counted twice over a crash. Entries take the places
 * of those that were cleared, so that there are never more places than entries were held at once.
 */
final class Journal {

    /** Holds the number of the present run of entries; those of earlier runs were cleared. */
    private static final int HEAD = -1;

    private final KeyValueStore<byte[], byte[]> store;
    private long run;
    private int size;
    private long bytes;

    private Journal(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** The store that a journal of this name needs. */
    static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
    }

    /** Opens a journal, and gives what it holds, oldest first. */
    static Journal open(KeyValueStore<byte[], byte[]> store, Consumer<byte[]> entries) {
        Journal journal = new Journal(store);
        byte[] head = store.get(key(HEAD));
        journal.run = head == null ? 0 : ByteBuffer.wrap(head).getLong();
        byte[] entry = journal.entry();
        while (entry != null) {
            entries.accept(entry);
            journal.count(entry);
            entry = journal.entry();
        }
        return journal;
    }

    /** The next entry of the present run; null at its end. */
    private byte[] entry() {
        byte[] stored = store.get(key(size));
        if (stored == null) {
            return null;
        }
        ByteBuffer parts = ByteBuffer.wrap(stored);
        if (parts.getLong() != run) {
            return null;
        }
        byte[] entry = new byte[parts.remaining()];
        parts.get(entry);
        return entry;
    }

    private void count(byte[] entry) {
        size++;
        bytes += entry.length;
    }

    void append(byte[] entry) {
        store.put(
                key(size),
                ByteBuffer.allocate(Long.BYTES + entry.length)
                        .putLong(run)
                        .put(entry)
                        .array());
        count(entry);
    }

    /** All entries have been passed on. */
    void clear() {
        if (size > 0) {
            run++;
            size = 0;
            bytes = 0;
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

    private static byte[] key(int slot) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
    }
}
