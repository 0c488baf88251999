package dev.rebound.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the classifier makes of a stream, told without Kafka: what every variant's outputs are held against. */
final class Expected {

    private final Map<Route, Tally> routes = new EnumMap<>(Route.class);
    private final Map<String, Map<Route, Long>> domains = new HashMap<>();
    private long unclassified;

    /** Takes in one event. */
    void add(byte[] key, String domain, Route route, boolean isUnclassified) {
        routes.merge(route, Tally.NONE.and(key), Tally::and);
        domains.computeIfAbsent(domain, first -> new EnumMap<>(Route.class)).merge(route, 1L, Long::sum);
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
}
