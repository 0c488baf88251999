package dev.rebound.bench;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the classifier makes of a stream, told without Kafka: what every variant's outputs are held against. */
final class Expected {

    /** A standard error of half a percent. */
    private static final int SKETCH_PRECISION = 14;

    private final Map<Route, Tally> routes = new EnumMap<>(Route.class);
    private final Map<String, Map<Route, Long>> domains = new HashMap<>();
    private final UltraLogLog recipients = UltraLogLog.create(SKETCH_PRECISION);
    private long unclassified;

    /** Takes in one event. */
    void add(byte[] key, String domain, Route route, boolean isUnclassified) {
        routes.merge(route, Tally.of(key), Tally::and);
        domains.computeIfAbsent(domain, first -> new EnumMap<>(Route.class)).merge(route, 1L, Long::sum);
        recipients.add(Hashing.komihash5_0().hashBytesToLong(key));
        unclassified += isUnclassified ? 1 : 0;
    }

    Tally route(Route route) {
        return routes.getOrDefault(route, Tally.NONE);
    }

    Tally all() {
        return routes.values().stream().reduce(Tally.NONE, Tally::and);
    }

    /** Events by receiving domain and outcome. */
    Map<String, Map<Route, Long>> domains() {
        return domains;
    }

    /** How many bounces nothing explained. */
    long unclassified() {
        return unclassified;
    }

    /** How many different addresses there were, about. */
    long recipients() {
        return Math.round(recipients.getDistinctCountEstimate());
    }
}
