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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what a run has written against what was expected of it, and tells when it was written. */
final class Check {

    /** One record in so many is decoded and classified once more. */
    private static final int SAMPLED_EVERY = 997;

    private static final String MINUTE = "PT1M";

    private final EventStream stream;
    private final Variant variant;
    private final String run;
    private final Map<String, Tally> tallies = new HashMap<>();
    private final AvroDecoder<ClassifiedEvent> events;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long records;

    /** @param run what messages call the run */
    Check(EventStream stream, Variant variant, String run) {
        this.stream = stream;
        this.variant = variant;
        this.run = run;
        this.events = new AvroDecoder<>(stream.connections().writerSchemas(), ClassifiedEvent.getClassSchema());
    }

    /** A run's outputs are not what they have to be. */
    static final class WrongOutputException extends Exception {

        private static final long serialVersionUID = 1;

        private WrongOutputException(String message) {
            super(message);
        }
    }

    /**
     * What the outputs tell.
     *
     * @param seconds from when the first event was written to when the last one was, by the broker's clock
     * @param suppressed how many addresses must not be written to; null when the variant does not say
     */
    record Facts(double seconds, Long suppressed) {}

    Facts run() throws WrongOutputException {
        Variant.Output output = variant.output();
        if (output == Variant.Output.COPIES) {
            checkCopies();
        } else {
            checkRoutes();
        }
        if (output == Variant.Output.STATISTICS || output == Variant.Output.ALL) {
            checkStatistics();
        }
        Long suppressed = output == Variant.Output.ALL ? suppressed() : null;
        return new Facts((last - first) / 1000.0, suppressed);
    }

    private void checkCopies() throws WrongOutputException {
        String topic = Outputs.copies(stream.topics()).name();
        Outputs.read(stream.config(), List.of(topic), this::take);
        same("topic " + topic, stream.expected().all(), tally(topic));
    }

    private void checkRoutes() throws WrongOutputException {
        Set<String> topics = Stream.of(Route.values()).map(this::topic).collect(Collectors.toSet());
        Outputs.read(stream.config(), topics, record -> {
            take(record);
            if (records % SAMPLED_EVERY == 0) {
                sample(record);
            }
        });
        if (!wrongSamples.isEmpty()) {
            throw new WrongOutputException(run + ": " + wrongSamples.get(0));
        }
        for (Route route : Route.values()) {
            same("topic " + topic(route), stream.expected().route(route), tally(topic(route)));
        }
    }

    private final List<String> wrongSamples = new java.util.ArrayList<>();

    private String topic(Route route) {
        return route.topic(stream.topics()).name();
    }

    private Tally tally(String topic) {
        return tallies.getOrDefault(topic, Tally.NONE);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        records++;
        tallies.merge(record.topic(), Tally.NONE.and(record.key()), Tally::and);
        first = Math.min(first, record.timestamp());
        last = Math.max(last, record.timestamp());
    }

    private void sample(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + '-' + record.partition() + '@' + record.offset();
        try {
            ClassifiedEvent found = events.decode(record.value());
            // The table that is asked here does not know how far its topic was read.
            Classification expected = Classification.newBuilder(Classifier.classify(found.getEvent(), stream.table()))
                    .setTablePosition(found.getClassification().getTablePosition())
                    .build();
            if (!expected.equals(found.getClassification())) {
                wrongSamples.add(place + ": expected " + expected + ", found " + found.getClassification());
            }
        } catch (UndecodableException e) {
            wrongSamples.add(place + ": " + e.getMessage());
        }
    }

    /** The last row of each minute, added up. */
    private void checkStatistics() throws WrongOutputException {
        Map<String, byte[]> rows = new HashMap<>();
        Outputs.read(
                stream.config(),
                List.of(stream.topics().domainStats().name()),
                record -> rows.put(new String(record.key(), StandardCharsets.UTF_8), record.value()));
        AvroDecoder<DomainStats> decoder =
                new AvroDecoder<>(stream.connections().writerSchemas(), DomainStats.getClassSchema());
        Map<Route, Long> found = new EnumMap<>(Route.class);
        for (byte[] value : rows.values()) {
            DomainStats row = decode(decoder, value);
            if (row.getWindowSize().equals(MINUTE)) {
                for (Route route : Route.values()) {
                    found.merge(route, route.count(row), Long::sum);
                }
            }
        }
        for (Route route : Route.values()) {
            same("domain-stats, " + route, stream.expected().route(route).records(), found.getOrDefault(route, 0L));
        }
    }

    private DomainStats decode(AvroDecoder<DomainStats> decoder, byte[] value) throws WrongOutputException {
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            throw new WrongOutputException(run + ": domain-stats: " + e.getMessage());
        }
    }

    private long suppressed() {
        Set<String> addresses = new HashSet<>();
        Outputs.read(stream.config(), List.of(stream.topics().suppressions().name()), record -> {
            String address = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                addresses.remove(address);
            } else {
                addresses.add(address);
            }
        });
        return addresses.size();
    }

    private void same(String what, Object expected, Object found) throws WrongOutputException {
        if (!expected.equals(found)) {
            throw new WrongOutputException(run + ": " + what + ": expected " + expected + ", found " + found);
        }
    }
}
