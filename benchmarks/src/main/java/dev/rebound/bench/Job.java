package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.ReboundTopology.Part;
import java.util.EnumSet;
import java.util.Map;

/** What a variant does with the events. */
interface Job {

    /**
     * Processes all events, from the first, and returns when what comes of them is committed.
     *
     * @return processor time from when it was ready to take events, in seconds
     */
    double run(Order order) throws Exception;

    /** The job of a variant with a configuration. */
    static Job of(Variant variant, Map<String, String> keys) {
        return switch (variant) {
            case COPY -> new CopyJob(new ReboundConfig(keys));
            case TRANSACTIONS -> new TransactionsJob(new ReboundConfig(keys));
            case NAIVE -> new StreamsJob(keys, new NaiveTopology());
            case PASS -> new StreamsJob(keys, new PassTopology());
            case REBOUND_CLASSIFY -> new StreamsJob(keys, new ShippedTopology(EnumSet.noneOf(Part.class)));
            case REBOUND_STATS -> new StreamsJob(keys, new ShippedTopology(EnumSet.of(Part.STATISTICS)));
            case REBOUND, REBOUND_2T -> new StreamsJob(keys, new ShippedTopology(EnumSet.allOf(Part.class)));
            case FLINK -> throw new IllegalArgumentException(variant.text() + " is a program of its own");
        };
    }
}
