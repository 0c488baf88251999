package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.serde.AvroSerde;
import dev.rebound.topology.Topics;
import java.net.IDN;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The same job as the tutorials of Kafka Streams would have it, in its own words and with its defaults: Avro objects at every step, a
 * branch per outcome, counts by domain as a windowed aggregate behind a repartition topic, suppression as an aggregate by recipient.
 */
final class NaiveTopology implements StreamsJob.Plan {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofDays(1);
    private static final int SOFT_BOUNCES = 3;

    private final NaiveClassifier classifier = new NaiveClassifier();

    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public Topology build(ReboundConfig config, Connections connections, Properties properties) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        Topics topics = config.topics();
        AvroSerdes serdes = new AvroSerdes(connections);
        KStream<String, ClassifiedEvent> classified = builder.stream(
                        topics.deliveryEvents().name(),
                        Consumed.with(Serdes.String(), serdes.<DeliveryEvent>of(topics.deliveryEvents())))
                .mapValues(this::classify);
        route(classified, topics, serdes);
        count(classified, topics, serdes);
        suppress(classified, topics, serdes);
        return builder.build(properties);
    }

    private ClassifiedEvent classify(DeliveryEvent event) {
        NaiveClassifier.Verdict verdict = classifier.classify(event);
        String recipient = event.getRecipient();
        String domain = recipient.substring(recipient.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        Classification classification = Classification.newBuilder()
                .setBounceType(verdict.type())
                .setCategory(verdict.category())
                .setScope(Scope.UNKNOWN)
                .setRecipientGone(verdict.category().equals("BAD_MAILBOX"))
                .setConfidence(Confidence.MEDIUM)
                .setEnhancedCode(verdict.code())
                .setCodesFound(List.of())
                .setTablePosition(-1)
                .setLayer(verdict.rule() == null ? Layer.EXACT : Layer.TEXT)
                .setRule(verdict.rule())
                .setReceivingDomain(IDN.toASCII(domain))
                .build();
        return new ClassifiedEvent(event, classification);
    }

    private static void route(KStream<String, ClassifiedEvent> classified, Topics topics, AvroSerdes serdes) {
        BranchedKStream<String, ClassifiedEvent> branches = classified.split(Named.as("route-"));
        for (Route route : Route.values()) {
            Topics.Spec topic = route.topic(topics);
            Produced<String, ClassifiedEvent> written = Produced.with(Serdes.String(), serdes.of(topic));
            branches.branch(
                    (key, value) -> Route.of(value.getEvent().getOutcome(), value.getClassification()) == route,
                    Branched.<String, ClassifiedEvent>withConsumer(
                            stream -> stream.to(topic.name(), written), route.name()));
        }
        branches.noDefaultBranch();
    }

    private static void count(KStream<String, ClassifiedEvent> classified, Topics topics, AvroSerdes serdes) {
        Serde<DomainStats> rows = serdes.of(topics.domainStats());
        classified
                .groupBy(
                        (key, value) -> value.getEvent().getTenant()
                                + '|'
                                + value.getClassification().getReceivingDomain(),
                        Grouped.with("by-domain", Serdes.String(), serdes.<ClassifiedEvent>of(topics.deliveries())))
                .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, GRACE))
                .aggregate(
                        NaiveTopology::nothingCounted,
                        (domain, value, row) -> counted(value, row),
                        Materialized.<String, DomainStats, WindowStore<Bytes, byte[]>>as("counts-by-domain")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(rows))
                .toStream()
                .map((domain, row) -> {
                    Instant start = domain.window().startTime();
                    DomainStats inWindow =
                            DomainStats.newBuilder(row).setWindowStart(start).build();
                    return KeyValue.pair(domain.key() + "|PT1M|" + start, inWindow);
                })
                .to(topics.domainStats().name(), Produced.with(Serdes.String(), rows));
    }

    private static DomainStats nothingCounted() {
        return new DomainStats(
                "",
                "",
                null,
                "PT1M",
                Instant.EPOCH,
                0,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                Map.of(),
                0L,
                0L,
                null,
                null,
                null);
    }

    private static DomainStats counted(ClassifiedEvent value, DomainStats before) {
        Classification classification = value.getClassification();
        DomainStats.Builder row = DomainStats.newBuilder(before)
                .setTenant(value.getEvent().getTenant())
                .setDomain(classification.getReceivingDomain());
        switch (Route.of(value.getEvent().getOutcome(), classification)) {
            case DELIVERED -> row.setDelivered(before.getDelivered() + 1);
            case DEFERRED -> row.setDeferred(before.getDeferred() + 1);
            case HARD -> row.setHard(before.getHard() + 1);
            case SOFT -> row.setSoft(before.getSoft() + 1);
            case COMPLAINED -> row.setComplained(before.getComplained() + 1);
            case NOT_ATTEMPTED -> row.setNotAttempted(before.getNotAttempted() + 1);
        }
        Map<String, Long> categories = new HashMap<>(before.getCategories());
        categories.merge(classification.getCategory(), 1L, Long::sum);
        return row.setCategories(categories).build();
    }

    /** A row for each recipient: how many soft bounces came in a row, and since when it must not be written to. */
    private static void suppress(KStream<String, ClassifiedEvent> classified, Topics topics, AvroSerdes serdes) {
        Serde<Suppression> rows = serdes.of(topics.suppressions());
        classified
                .groupByKey(
                        Grouped.with("by-recipient", Serdes.String(), serdes.<ClassifiedEvent>of(topics.deliveries())))
                .aggregate(
                        NaiveTopology::nothingKnown,
                        NaiveTopology::judged,
                        Materialized.<String, Suppression, KeyValueStore<Bytes, byte[]>>as("suppression-by-recipient")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(rows))
                .toStream()
                .filter((recipient, row) -> row.getReason() != SuppressionReason.UNKNOWN)
                .to(topics.suppressions().name(), Produced.with(Serdes.String(), rows));
    }

    private static Suppression nothingKnown() {
        return Suppression.newBuilder()
                .setList("")
                .setAddress("")
                .setReason(SuppressionReason.UNKNOWN)
                .setOccurrence(0)
                .setSince(Instant.EPOCH)
                .setSource(SuppressionSource.POLICY)
                .build();
    }

    private static Suppression judged(String recipient, ClassifiedEvent value, Suppression before) {
        if (before.getReason() != SuppressionReason.UNKNOWN) {
            return before;
        }
        Outcome outcome = value.getEvent().getOutcome();
        Classification classification = value.getClassification();
        boolean soft = classification.getBounceType() == BounceType.SOFT;
        int softInARow = soft ? before.getOccurrence() + 1 : outcome == Outcome.DELIVERED ? 0 : before.getOccurrence();
        boolean bounces = classification.getRecipientGone() || softInARow >= SOFT_BOUNCES;
        return Suppression.newBuilder(before)
                .setList(value.getEvent().getTenant())
                .setAddress(recipient.substring(recipient.indexOf('|') + 1))
                .setOccurrence(softInARow)
                .setReason(
                        outcome == Outcome.COMPLAINED
                                ? SuppressionReason.COMPLAINT
                                : bounces ? SuppressionReason.BOUNCE : SuppressionReason.UNKNOWN)
                .setCategory(classification.getCategory())
                .setSince(value.getEvent().getEventTime())
                .build();
    }

    /** Of values, as the topics have them registered. */
    private record AvroSerdes(Connections connections) {

        <T extends SpecificRecord> Serde<T> of(Topics.Spec topic) {
            int id = connections.schemas().id(topic.name(), topic.valueSchema());
            return new AvroSerde<>(connections.writerSchemas(), topic.valueSchema(), id);
        }
    }
}
