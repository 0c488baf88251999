package dev.rebound.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * One processor with its stores, for what the driver of topologies cannot do: a task of another partition than 0, and a task that is
 * revived, which puts its stores back to the last commit and opens the same processors again.
 */
final class ProcessorUnderTest<K, V, L, W> implements AutoCloseable {

    static final long NOW = ReboundDriver.NOW.toEpochMilli();

    private final Processor<K, V, L, W> processor;
    private final MockProcessorContext<L, W> context;
    private final List<Journal> journals = new ArrayList<>();
    private final List<KeyValueStore<Object, Object>> stores = new ArrayList<>();
    private final List<Map<Object, Object>> committed = new ArrayList<>();

    ProcessorUnderTest(ProcessorSupplier<K, V, L, W> supplier, int partition) {
        processor = supplier.get();
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        context = new MockProcessorContext<>(config, new TaskId(0, partition), directory());
        context.setCurrentSystemTimeMs(NOW);
        for (StoreBuilder<?> builder : supplier.stores()) {
            StateStore store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            if (store instanceof Journal journal) {
                journals.add(journal);
                stores.add(keyValue(journal.store));
            } else {
                stores.add(keyValue(store));
            }
        }
        processor.init(context);
        commit();
    }

    @SuppressWarnings("unchecked")
    private static KeyValueStore<Object, Object> keyValue(StateStore store) {
        return (KeyValueStore<Object, Object>) store;
    }

    private static java.io.File directory() {
        try {
            Path directory = Files.createTempDirectory("rebound-test");
            directory.toFile().deleteOnExit();
            return directory.toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void process(K key, V value) {
        processor.process(new Record<>(key, value, NOW));
    }

    /** What is due by the clock is done. */
    void punctuate() {
        List<MockProcessorContext.CapturedPunctuator> scheduled = context.scheduledPunctuators();
        scheduled.forEach(each -> each.getPunctuator().punctuate(NOW));
    }

    /** What was passed on since this was asked last. */
    List<Record<? extends L, ? extends W>> forwarded() {
        List<Record<? extends L, ? extends W>> records = new ArrayList<>();
        context.forwarded().forEach(forward -> records.add(forward.record()));
        context.resetForwards();
        return records;
    }

    /** What the stores hold now is what they hold after a fault. */
    void commit() {
        journals.forEach(Journal::flushCache);
        committed.clear();
        for (KeyValueStore<Object, Object> store : stores) {
            committed.add(rows(store));
        }
    }

    private static Map<Object, Object> rows(KeyValueStore<Object, Object> store) {
        Map<Object, Object> rows = new HashMap<>();
        try (KeyValueIterator<Object, Object> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Object, Object> row = all.next();
                rows.put(row.key, row.value);
            }
        }
        return rows;
    }

    /** Aborts the transaction and revives the task: what was passed on since the last commit is void. */
    void revive() {
        for (int i = 0; i < stores.size(); i++) {
            KeyValueStore<Object, Object> store = stores.get(i);
            rows(store).keySet().forEach(store::delete);
            committed.get(i).forEach(store::put);
        }
        context.resetForwards();
        context.scheduledPunctuators().clear();
        processor.init(context);
    }

    @Override
    public void close() {
        processor.close();
        stores.forEach(StateStore::close);
    }
}
