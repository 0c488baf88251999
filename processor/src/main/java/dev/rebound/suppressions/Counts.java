package dev.rebound.suppressions;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by name. */
final class Counts {

    private static final String NONE = "none";

    private final Map<String, Long> counts = new HashMap<>();

    /** Counts one; null counts as none. */
    void add(Object name) {
        counts.merge(name == null ? NONE : name.toString(), 1L, Long::sum);
    }

    /** The largest first, equal ones by name. */
    Map<String, Long> sorted() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }
}
