package dev.rebound.local;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Lets a store write to its disk after a few hundred changes, not after many megabytes; Streams makes it by its name. */
public final class SmallWriteBuffer implements RocksDBConfigSetter {

    private static final long SMALLEST_BUFFER = 64L << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(SMALLEST_BUFFER);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing was opened.
    }
}
