package dev.rebound.topology;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What statistics say of windows, as text is compared best: by {@code size start tenant name} the counters by name, parts added up.
 *
 * @param windows counters by window
 */
record CountedWindows(Map<String, Map<String, Long>> windows) {

    static final String EVENTS = "events";

    private static final List<String> OUTCOMES =
            List.of("delivered", "deferred", "soft", "hard", "complained", "notAttempted");
    private static final List<String> COUNTERS = List.of(
            "delivered",
            "deferred",
            "soft",
            "hard",
            "complained",
            "notAttempted",
            "unclassified",
            "expired",
            "asynchronous",
            "blocked");

    /** Of rows of a topic. */
    static CountedWindows ofRows(Subject.Kind kind, Collection<? extends SpecificRecordBase> rows) {
        Map<String, Map<String, Long>> windows = new TreeMap<>();
        for (SpecificRecordBase row : rows) {
            Subject subject = new Subject(kind, (String) row.get("tenant"), (String)
                    row.get(kind == Subject.Kind.DOMAIN ? "domain" : "provider"));
            RowKey key = new RowKey(
                    subject,
                    WindowSize.of((String) row.get("windowSize")),
                    ((Instant) row.get("windowStart")).toEpochMilli());
            add(windows, text(key), counters(row));
        }
        return new CountedWindows(windows);
    }

    /** Of events that were routed, counted one by one. */
    static CountedWindows ofEvents(Subject.Kind kind, List<ClassifiedEvent> events) {
        Map<String, Map<String, Long>> windows = new TreeMap<>();
        for (ClassifiedEvent event : events) {
            String tenant = event.getEvent().getTenant();
            Classification classification = event.getClassification();
            Subject subject = kind == Subject.Kind.DOMAIN
                    ? Subject.domain(tenant, classification.getReceivingDomain())
                    : Subject.provider(tenant, classification.getProvider());
            for (WindowSize size : WindowSize.values()) {
                RowKey window = RowKey.around(
                        subject, size, event.getEvent().getEventTime().toEpochMilli());
                add(windows, text(window), counters(event.getEvent(), classification));
            }
        }
        return new CountedWindows(windows);
    }

    private static Map<String, Long> counters(DeliveryEvent event, Classification classification) {
        Map<String, Long> counters = new TreeMap<>();
        COUNTERS.forEach(name -> counters.put(name, 0L));
        Outcome outcome = event.getOutcome();
        boolean bounce = outcome == Outcome.BOUNCED || outcome == Outcome.EXPIRED;
        counters.put(
                switch (outcome) {
                    case DELIVERED -> "delivered";
                    case DEFERRED -> "deferred";
                    case COMPLAINED -> "complained";
                    case SUPPRESSED -> "notAttempted";
                    case BOUNCED, EXPIRED, UNKNOWN ->
                        classification.getBounceType() == BounceType.HARD ? "hard" : "soft";
                },
                1L);
        if (outcome != Outcome.DELIVERED) {
            counters.put(classification.getCategory(), 1L);
        }
        counters.put("unclassified", bounce && classification.getCategory().equals("UNDETERMINED") ? 1L : 0L);
        counters.put("expired", outcome == Outcome.EXPIRED ? 1L : 0L);
        counters.put("asynchronous", bounce && Boolean.TRUE.equals(event.getAsynchronous()) ? 1L : 0L);
        boolean ours =
                switch (classification.getScope()) {
                    case SENDER, CONTENT, REPUTATION -> true;
                    case RECIPIENT, DOMAIN, INFRASTRUCTURE, UNKNOWN -> false;
                };
        counters.put("blocked", ours && (bounce || outcome == Outcome.DEFERRED) ? 1L : 0L);
        counters.put(EVENTS, 1L);
        return counters;
    }

    static String text(RowKey key) {
        return key.size().text()
                + ' '
                + Instant.ofEpochMilli(key.start())
                + ' '
                + key.subject().tenant()
                + ' '
                + key.subject().name();
    }

    private static void add(Map<String, Map<String, Long>> windows, String window, Map<String, Long> counters) {
        Map<String, Long> sums = windows.computeIfAbsent(window, first -> new TreeMap<>());
        counters.forEach((name, count) -> sums.merge(name, count, Long::sum));
    }

    /** The counters of a row, its categories, and all its events. */
    @SuppressWarnings("unchecked")
    static Map<String, Long> counters(SpecificRecordBase row) {
        Map<String, Long> counters = new TreeMap<>((Map<String, Long>) row.get("categories"));
        for (Schema.Field field : row.getSchema().getFields()) {
            if (field.schema().getType() == Schema.Type.LONG && field.schema().getLogicalType() == null) {
                counters.put(field.name(), (Long) row.get(field.pos()));
            }
        }
        counters.put(EVENTS, OUTCOMES.stream().mapToLong(counters::get).sum());
        return counters;
    }

    /** The windows of one size. */
    Map<String, Map<String, Long>> of(WindowSize size) {
        Map<String, Map<String, Long>> found = new TreeMap<>(windows);
        found.keySet().removeIf(window -> !window.startsWith(size.text() + ' '));
        return found;
    }

    /** All events in windows of one size. */
    long events(WindowSize size) {
        return of(size).values().stream()
                .mapToLong(counters -> counters.get(EVENTS))
                .sum();
    }

    /** What windows of this size are by the windows of minutes within them. */
    Map<String, Map<String, Long>> addedUpTo(WindowSize longer) {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        of(WindowSize.MINUTE).forEach((window, counters) -> {
            String[] words = window.split(" ");
            words[0] = longer.text();
            words[1] = longer.startOf(Instant.parse(words[1])).toString();
            add(sums, String.join(" ", words), counters);
        });
        return sums;
    }
}
