package dev.rebound.lookup;

import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Entries of a map as those of a store. */
record Entries(Iterator<Map.Entry<byte[], byte[]>> entries) implements KeyValueIterator<byte[], byte[]> {

    @Override
    public boolean hasNext() {
        return entries.hasNext();
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
        Map.Entry<byte[], byte[]> entry = entries.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
    }

    @Override
    public byte[] peekNextKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
