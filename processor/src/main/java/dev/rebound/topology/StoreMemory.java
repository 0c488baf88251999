package dev.rebound.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all stores of the process one memory to share: Kafka Streams would let each of them take as much as it likes, and every task has
 * several. Made by Kafka Streams.
 */
public final class StoreMemory implements RocksDBConfigSetter {

    /** Key of the Streams configuration: how many bytes. The first store's counts for the process. */
    public static final String BYTES = "rebound.state.memory.bytes";

    /** A store takes no less for what was written. The usual two megabytes, times dozens of stores, would be most of what they share. */
    private static final long ARENA_BLOCK_BYTES = 128 << 10;

    /** Never closed: stores that are open must not lose it, and it is one for the process. */
    private static Shared shared;

    private record Shared(Cache cache, WriteBufferManager written) {

        static {
            RocksDB.loadLibrary();
        }

        /** What was written and is not yet in files may take half. */
        static Shared of(long bytes) {
            Cache cache = new LRUCache(bytes);
            return new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            shared = Shared.of(bytes);
        }
        return shared;
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        Shared memory = shared(((Number) configs.get(BYTES)).longValue());
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.written());
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
    }

    @Override
    public void close(String store, Options options) {
        // What the stores share outlives them.
    }
}
