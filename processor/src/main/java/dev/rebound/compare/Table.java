package dev.rebound.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** Bytes by bytes on disk, in the order of keys as unsigned bytes. Made when it is first written to. Not safe for use by several threads. */
final class Table implements AutoCloseable {

    private static final long CACHE_BYTES = 16L << 20;
    private static final long BUFFER_BYTES = 16L << 20;
    private static final double BLOOM_BITS = 10;
    private static final int OPEN_FILES = 256;

    static {
        RocksDB.loadLibrary();
    }

    private final Path directory;
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(BLOOM_BITS);
    private final Options options;

    // What is lost when the machine fails is of no use to anybody then.
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private RocksDB rows;

    Table(Path directory) {
        this.directory = directory;
        this.options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(BUFFER_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    }

    /** Work that can fail on the disk. */
    @FunctionalInterface
    private interface Access<T> {
        T to(RocksDB rows) throws RocksDBException;
    }

    private <T> T access(Access<T> access) {
        try {
            if (rows == null) {
                rows = RocksDB.open(options, directory.toString());
            }
            return access.to(rows);
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(RocksDBException e) {
        return new UncheckedIOException(
                "temporary table in " + directory + ": " + e.getMessage() + "; see whether its disk is full",
                new IOException(e));
    }

    void put(byte[] key, byte[] value) {
        access(to -> {
            to.put(unlogged, key, value);
            return null;
        });
    }

    /** Null when there is none. */
    byte[] get(byte[] key) {
        return rows == null ? null : access(from -> from.get(key));
    }

    void delete(byte[] key) {
        if (rows != null) {
            access(from -> {
                from.delete(unlogged, key);
                return null;
            });
        }
    }

    /** Deletes the keys from one to another, that one not among them. */
    void deleteRange(byte[] from, byte[] to) {
        if (rows != null) {
            access(of -> {
                of.deleteRange(unlogged, from, to);
                return null;
            });
        }
    }

    /** Deletes all. */
    void clear() {
        if (rows == null) {
            return;
        }
        rows.close();
        rows = null;
        try {
            RocksDB.destroyDB(directory.toString(), options);
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    /** Goes through all rows in the order of their keys. */
    void forEach(BiConsumer<byte[], byte[]> each) {
        if (rows == null) {
            return;
        }
        access(of -> {
            try (RocksIterator row = of.newIterator()) {
                for (row.seekToFirst(); row.isValid(); row.next()) {
                    each.accept(row.key(), row.value());
                }
                row.status();
            }
            return null;
        });
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
        unlogged.close();
        options.close();
        filter.close();
        cache.close();
    }
}
