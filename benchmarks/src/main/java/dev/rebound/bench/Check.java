package dev.rebound.bench;

import dev.rebound.classify.Classifier;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what a run has written against what was expected of it, and tells when it was written. */
final class Check {

    /** One record in so many is decoded and classified once more. */
    private static final int SAMPLED_EVERY = 997;

    /** Of whatever size, windows count all events: the smallest ones are the first to be complete. */
    private static final String COUNTED_WINDOW = "PT1M";

    /** Where events are counted whose domain has no rows of its own. */
    private static final String OTHER_DOMAINS = "(other)";

    private final EventStream stream;
    private final Variant.Output output;
    private final String run;
    private final AvroDecoder<ClassifiedEvent> events;
    private final Map<String, Tally> tallies = new HashMap<>();
    private long records;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** @param run what messages call the run */
    Check(EventStream stream, Variant.Output output, String run) {
        this.stream = stream;
        this.output = output;
        this.run = run;
        this.events = new AvroDecoder<>(stream.connections().writerSchemas(), ClassifiedEvent.getClassSchema());
    }

    /**
     * What the outputs tell.
     *
     * @param seconds from when the first event was written to when the last one was, by the broker's clock
     * @param suppressed how many addresses must not be written to; null when the variant does not say
     */
    record Facts(double seconds, Long suppressed) {}

    /** @throws WrongOutputException when there is anything else in the topics than there should be */
    Facts run() {
        switch (output) {
            case COPIES -> checkCopies();
            case OUTCOMES, STATISTICS, ALL -> {
                checkRoutes(true);
                checkUnclassified();
            }
            case OWN_WORDS -> checkRoutes(false);
        }
        if (output.isCounted()) {
            checkStatistics();
        }
        return new Facts((last - first) / 1000.0, output.isSuppressed() ? suppressed() : null);
    }

    private void checkCopies() {
        String topic = Outputs.copies(stream.topics()).name();
        Outputs.read(stream.config(), List.of(topic), this::take);
        same("topic " + topic, stream.expected().all(), tally(topic));
    }

    private void checkRoutes(boolean sampled) {
        Set<String> topics = Stream.of(Route.values()).map(this::topic).collect(Collectors.toSet());
        Outputs.read(stream.config(), topics, record -> {
            take(record);
            if (sampled && records % SAMPLED_EVERY == 0) {
                classifyAgain(record);
            }
        });
        for (Route route : Route.values()) {
            same("topic " + topic(route), stream.expected().route(route), tally(topic(route)));
        }
    }

    private String topic(Route route) {
        return route.topic(stream.topics()).name();
    }

    private Tally tally(String topic) {
        return tallies.getOrDefault(topic, Tally.NONE);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        records++;
        tallies.merge(record.topic(), Tally.of(record.key()), Tally::and);
        first = Math.min(first, record.timestamp());
        last = Math.max(last, record.timestamp());
    }

    private void classifyAgain(ConsumerRecord<byte[], byte[]> record) {
        ClassifiedEvent found = decode(events, record.topic(), record.value());
        // The table that is asked here does not know how far its topic was read.
        Classification expected = Classification.newBuilder(Classifier.classify(found.getEvent(), stream.table()))
                .setTablePosition(found.getClassification().getTablePosition())
                .build();
        same(record.topic() + '-' + record.partition() + '@' + record.offset(), expected, found.getClassification());
    }

    private void checkUnclassified() {
        String topic = stream.topics().bouncesUnclassified().name();
        long[] found = {0};
        Outputs.read(stream.config(), List.of(topic), record -> found[0]++);
        same("topic " + topic, stream.expected().unclassified(), found[0]);
    }

    /** The last row of each window, added up by domain. */
    private void checkStatistics() {
        String topic = stream.topics().domainStats().name();
        Map<String, byte[]> rows = new HashMap<>();
        Outputs.read(stream.config(), List.of(topic), record -> rows.put(text(record.key()), record.value()));
        AvroDecoder<DomainStats> decoder =
                new AvroDecoder<>(stream.connections().writerSchemas(), DomainStats.getClassSchema());
        Map<String, Map<Route, Long>> domains = new HashMap<>();
        rows.values().stream()
                .map(value -> decode(decoder, topic, value))
                .filter(row -> row.getWindowSize().equals(COUNTED_WINDOW))
                .forEach(row -> add(row, domains));
        for (Route route : Route.values()) {
            long found = domains.values().stream()
                    .mapToLong(counts -> counts.getOrDefault(route, 0L))
                    .sum();
            same(topic + ", " + route, stream.expected().route(route).records(), found);
        }
        if (!domains.containsKey(OTHER_DOMAINS)) {
            Map<String, Map<Route, Long>> expected = stream.expected().domains();
            same(topic + ", number of domains", expected.size(), domains.size());
            expected.forEach((domain, counts) -> same(topic + ", " + domain, counts, domains.get(domain)));
        }
    }

    private static void add(DomainStats row, Map<String, Map<Route, Long>> domains) {
        Map<Route, Long> counts = domains.computeIfAbsent(row.getDomain(), first -> new EnumMap<>(Route.class));
        for (Route route : Route.values()) {
            if (route.count(row) != 0) {
                counts.merge(route, route.count(row), Long::sum);
            }
        }
    }

    private long suppressed() {
        Set<String> addresses = new HashSet<>();
        Outputs.read(stream.config(), List.of(stream.topics().suppressions().name()), record -> {
            if (record.value() == null) {
                addresses.remove(text(record.key()));
            } else {
                addresses.add(text(record.key()));
            }
        });
        return addresses.size();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecord> T decode(AvroDecoder<T> decoder, String topic, byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            throw new WrongOutputException(run, "topic " + topic, "a decodable value", e.getMessage());
        }
    }

    private void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new WrongOutputException(run, what, expected, found);
        }
    }
}
