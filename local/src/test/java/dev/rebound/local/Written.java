package dev.rebound.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run has written, as text, without what may differ between two runs over the same input: topic prefix, offsets,
 * times of arrival, the table position, and how often a sum was told before it was final.
 *
 * @param records by topic without prefix: the records, as often as they are there
 * @param order by topic and key: the records in their order, for the keys whose order is promised
 * @param stats by topic and key: last counts of each window, its parts added up
 * @param suppressed what the feed of suppressions says in the end, by key
 */
record Written(
        Map<String, List<String>> records,
        Map<String, List<String>> order,
        Map<String, Map<String, Long>> stats,
        Map<String, String> suppressed) {

    private static final int SHOWN = 3;

    /** Topics of statistics, times sizes of windows. */
    private static final int STATISTICS = 2 * 3;

    /** In what way this run differs from another, naming the first records of each kind; empty when in none. */
    String differenceFrom(Written expected) {
        StringBuilder text = new StringBuilder();
        for (String topic : union(records.keySet(), expected.records.keySet())) {
            Map<String, Integer> surplus = new LinkedHashMap<>();
            records.getOrDefault(topic, List.of()).forEach(record -> surplus.merge(record, 1, Integer::sum));
            expected.records.getOrDefault(topic, List.of()).forEach(record -> surplus.merge(record, -1, Integer::sum));
            list(text, topic + ": lost or different", topic, surplus, -1);
            list(text, topic + ": doubled or different", topic, surplus, 1);
        }
        if (text.isEmpty()) {
            appendDisorder(text, expected);
        }
        appendFinal(text, "", stats, expected.stats);
        appendFinal(text, "suppressions ", suppressed, expected.suppressed);
        return text.toString();
    }

    private static void list(StringBuilder text, String title, String topic, Map<String, Integer> surplus, int sign) {
        List<String> found = new ArrayList<>();
        int total = 0;
        for (Map.Entry<String, Integer> record : surplus.entrySet()) {
            if (record.getValue() * sign > 0) {
                total += Math.abs(record.getValue());
                found.add(record.getKey());
            }
        }
        if (total > 0) {
            text.append(title).append(", ").append(total).append(" records, first:\n");
            found.stream()
                    .limit(SHOWN)
                    .forEach(record -> text.append("    ").append(record).append('\n'));
        }
    }

    private void appendDisorder(StringBuilder text, Written expected) {
        for (String key : union(order.keySet(), expected.order.keySet())) {
            if (!Objects.equals(order.get(key), expected.order.get(key))) {
                text.append("order of ")
                        .append(key)
                        .append(" differs:\n    expected ")
                        .append(expected.order.get(key))
                        .append("\n    found    ")
                        .append(order.get(key))
                        .append('\n');
                return;
            }
        }
    }

    private static <T> void appendFinal(
            StringBuilder text, String title, Map<String, T> found, Map<String, T> expected) {
        int shown = 0;
        for (String key : union(found.keySet(), expected.keySet())) {
            if (!Objects.equals(found.get(key), expected.get(key)) && shown++ < SHOWN) {
                text.append(title)
                        .append(key)
                        .append(" differs:\n    expected ")
                        .append(expected.get(key))
                        .append("\n    found    ")
                        .append(found.get(key))
                        .append('\n');
            }
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Takes in records as they are read. */
    static final class Builder {

        private final Map<String, List<String>> records = new TreeMap<>();
        private final Map<String, List<String>> order = new TreeMap<>();
        private final Map<String, Map<String, Long>> stats = new HashMap<>();
        private final Map<String, String> suppressed = new TreeMap<>();

        /** Adds a record of a topic; with a null key nothing is said about its order. */
        void add(String topic, String orderedKey, String record) {
            records.computeIfAbsent(topic, name -> new ArrayList<>()).add(record);
            if (orderedKey != null) {
                order.computeIfAbsent(topic + ' ' + orderedKey, name -> new ArrayList<>())
                        .add(record);
            }
        }

        /** Replaces the counts of a record of the statistics. */
        void put(String topic, String key, Map<String, Long> counts) {
            stats.put(topic + ' ' + key, counts);
        }

        /** Replaces what the feed says of an address; null when it may be written to. */
        void suppress(String key, String record) {
            if (record == null) {
                suppressed.remove(key);
            } else {
                suppressed.put(key, record);
            }
        }

        /** What the feed says so far, by key. */
        Map<String, String> suppressed() {
            return new TreeMap<>(suppressed);
        }

        /** Records so far, copies and statistics left out: as many as there are inputs that came through. */
        int accountedFor() {
            return records.entrySet().stream()
                    .filter(topic -> !topic.getKey().equals("bounces-unclassified"))
                    .mapToInt(topic -> topic.getValue().size())
                    .sum();
        }

        /** Events that each of the statistics counts so far, in windows of each size. */
        long counted() {
            Map<String, Long> sums = new HashMap<>();
            stats.forEach((key, counts) -> {
                String topic = key.substring(0, key.indexOf(' '));
                sums.merge(topic + ' ' + key.split("\\|")[2], counts.get("events"), Long::sum);
            });
            return sums.size() < STATISTICS ? 0 : Collections.min(sums.values());
        }

        Written build() {
            Map<String, Map<String, Long>> windows = new TreeMap<>();
            stats.forEach((key, counts) -> {
                String[] parts = key.split("\\|");
                String window = String.join("|", List.of(parts).subList(0, 4));
                Map<String, Long> sums = windows.computeIfAbsent(window, name -> new TreeMap<>());
                counts.forEach((name, count) -> sums.merge(name, count, Long::sum));
            });
            return new Written(Map.copyOf(records), Map.copyOf(order), windows, suppressed());
        }
    }
}
