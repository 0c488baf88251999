package dev.rebound.topology;

import dev.rebound.event.EventKey;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.Fold;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * First stage of the statistics: folds the events of a task into sums per domain, provider and minute, so that a domain with a third
 * of all traffic costs a record per flush, not one per event. The sums are in memory; a journal holds those that the commits between two
 * flushes found changed.
 */
final class FoldEvents implements Processor<byte[], Signal, byte[], byte[]> {

    /** So many sums, and events and replies in them, wait at most: neither made-up domains nor long replies must fill the memory. */
    private static final int MOST_SUMS = 20_000;

    private static final int MOST_EVENTS = 100_000;
    private static final long MOST_CHARACTERS = 8 << 20;
    private static final long MOST_JOURNALED = 8 << 20;

    private final Duration flushInterval;
    private final int partitions;
    private final Fold fold = new Fold();
    private ProcessorContext<byte[], byte[]> context;
    private Journal journal;

    private FoldEvents(Duration flushInterval, int partitions) {
        this.flushInterval = flushInterval;
        this.partitions = partitions;
    }

    /** @param partitions number of partitions that the sums are spread over */
    static ProcessorSupplier<byte[], Signal, byte[], byte[]> supplier(Duration flushInterval, int partitions) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Signal, byte[], byte[]> get() {
                return new FoldEvents(flushInterval, partitions);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Journal.store(Steps.FOLD_JOURNAL));
            }
        };
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        // A task that is revived keeps its processors.
        fold.clear();
        journal = null;
        context.schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    /** Opened when first needed: only then is what it held before surely restored. */
    private Journal journal() {
        if (journal == null) {
            journal = context.getStateStore(Steps.FOLD_JOURNAL);
            journal.open(fold::restore, () -> fold.changes(journal::append));
        }
        return journal;
    }

    @Override
    public void process(Record<byte[], Signal> record) {
        if (record.value() instanceof Classified classified) {
            fold(record, classified);
        } else if (record.value() instanceof EndOfReplay) {
            flush(record.timestamp());
            for (int partition = 0; partition < partitions; partition++) {
                context.forward(new Record<>(EndOfSums.key(partition), EndOfSums.VALUE, record.timestamp()));
            }
        }
    }

    private void fold(Record<byte[], Signal> record, Classified classified) {
        Journal held = journal();
        fold.add(Fact.of(
                classified.event(), classified.classification(), record.key(), EventKey.recipientAt(record.key())));
        if (fold.size() >= MOST_SUMS
                || fold.events() >= MOST_EVENTS
                || fold.characters() >= MOST_CHARACTERS
                || held.bytes() >= MOST_JOURNALED) {
            flush(record.timestamp());
        }
    }

    private void flush(long now) {
        Journal held = journal();
        fold.drain((row, sums) -> context.forward(new Record<>(row.bytes(), sums.bytes(), now)));
        held.clear();
    }
}
