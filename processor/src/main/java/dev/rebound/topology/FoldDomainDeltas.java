package dev.rebound.topology;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * First stage of the statistics: folds the events of a task into small sums per domain and window, so that a domain with a
 * third of all traffic costs a record per flush, not one per event. The sums wait in a store with a changelog, which makes
 * them part of the transaction: held in memory alone, a crash between flushes would lose them.
 */
final class FoldDomainDeltas implements Processor<byte[], Judged.Classified, String, byte[]> {

    /** So many domains and windows wait at most; a flood of made-up domains must not fill the memory. */
    private static final int MAX_PENDING = 20_000;

    private final Duration windowSize;
    private final Duration flushInterval;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> pending;
    private int added;

    private FoldDomainDeltas(Duration windowSize, Duration flushInterval) {
        this.windowSize = windowSize;
        this.flushInterval = flushInterval;
    }

    static ProcessorSupplier<byte[], Judged.Classified, String, byte[]> supplier(
            Duration windowSize, Duration flushInterval) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Judged.Classified, String, byte[]> get() {
                return new FoldDomainDeltas(windowSize, flushInterval);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Steps.DELTA_STORE), Serdes.String(), Serdes.ByteArray()));
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.pending = context.getStateStore(Steps.DELTA_STORE);
        context.schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    @Override
    public void process(Record<byte[], Judged.Classified> record) {
        Judged.Classified classified = record.value();
        String key = DomainWindow.around(
                        classified.event().getTenant(),
                        classified.classification().getReceivingDomain(),
                        windowSize,
                        classified.event().getEventTime())
                .key();
        byte[] stored = pending.get(key);
        Counts counts = stored == null ? new Counts() : Counts.fromBytes(stored);
        counts.add(classified.event(), classified.classification());
        pending.put(key, counts.toBytes());
        if (stored == null && ++added >= MAX_PENDING) {
            flush(record.timestamp());
        }
    }

    private void flush(long now) {
        added = 0;
        try (KeyValueIterator<String, byte[]> deltas = pending.all()) {
            while (deltas.hasNext()) {
                KeyValue<String, byte[]> delta = deltas.next();
                context.forward(new Record<>(delta.key, delta.value, now));
                pending.delete(delta.key);
            }
        }
    }
}
