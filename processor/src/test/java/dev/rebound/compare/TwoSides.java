package dev.rebound.compare;

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
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.AddressHistories;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.HistoryRows;
import dev.rebound.topology.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The live side and a replay, as they are written, for tests to say what is in them. */
final class TwoSides {

    static final String SOURCE = "delivery-events";
    static final int PARTITIONS = 2;

    /** All events happen from here on, a second apart. */
    static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    final WrittenTopics topics = new WrittenTopics();
    final Policies policies;
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    TwoSides(Policies policies) {
        this.policies = policies;
        for (Side side : new Side[] {live(), replay()}) {
            side.config().topics().all().forEach(topic -> topics.topic(topic.name(), PARTITIONS));
            topics.topic(AddressHistories.changelog(side.config().applicationId()), PARTITIONS);
        }
    }

    Side live() {
        return new Side("live", config("", "rebound"), policies, true);
    }

    Side replay() {
        return new Side("march", config("replay.march.", "rebound.replay.march"), policies, false);
    }

    private static ReboundConfig config(String prefix, String applicationId) {
        return new ReboundConfig(Map.of(
                "bootstrap.servers",
                "localhost:1",
                "schema.registry.url",
                "http://localhost:1",
                "application.id",
                applicationId,
                "rebound.topics.prefix",
                prefix,
                "rebound.erase.key",
                "a key for tests only"));
    }

    static Settings settings() {
        return Settings.standard(BEGIN.plus(Duration.ofDays(10))).withScratch(Path.of("target"));
    }

    /** All that the source topic has, up to an hour after the beginning. */
    static dev.rebound.compare.Scope all() {
        return new dev.rebound.compare.Scope(
                SOURCE,
                Map.of(
                        0,
                        new dev.rebound.compare.Scope.Range(0, 1_000),
                        1,
                        new dev.rebound.compare.Scope.Range(0, 1_000)),
                null,
                BEGIN.plus(Duration.ofHours(1)),
                BEGIN.plus(Duration.ofHours(1)),
                true,
                false,
                key -> true);
    }

    Comparison compare(dev.rebound.compare.Scope scope, Settings settings) {
        return comparer().compare(live(), replay(), scope, settings, Watch.NONE);
    }

    Comparer comparer() {
        return new Comparer(schemas(), null, config -> topics.reader());
    }

    WriterSchemas schemas() {
        return new WriterSchemas(registry, Duration.ZERO);
    }

    /** An event of a source partition and offset, which arrived as many seconds after the beginning as its offset says. */
    static DeliveryEvent event(int partition, long offset, String reply) {
        return DeliveryEvent.newBuilder()
                .setEventId(partition + "-" + offset)
                .setEventTime(arrival(offset))
                .setTenant("default")
                .setRecipient("jane.doe@example.com")
                .setOutcome(Outcome.BOUNCED)
                .setReply(reply)
                .build();
    }

    static Instant arrival(long offset) {
        return BEGIN.plusSeconds(offset);
    }

    static Classification.Builder classification(BounceType bounceType, String category) {
        return Classification.newBuilder()
                .setStatusClass(5)
                .setBounceType(bounceType)
                .setCategory(category)
                .setScope(Scope.RECIPIENT)
                .setRecipientGone(bounceType == BounceType.HARD)
                .setConfidence(Confidence.HIGH)
                .setEnhancedCode("5.1.1")
                .setLayer(Layer.EXACT)
                .setRule("5.1.1")
                .setTablePosition(7)
                .setReceivingDomain("example.com")
                .setProvider(null);
    }

    /** Writes an event to the topic of its kind. */
    void write(Side side, int partition, long offset, Classification classification) {
        write(
                side,
                partition,
                partition,
                offset,
                event(partition, offset, "550 5.1.1 no such user jane.doe"),
                classification);
    }

    void write(Side side, int to, int partition, long offset, DeliveryEvent event, Classification classification) {
        Topics names = side.config().topics();
        String topic =
                (classification.getBounceType() == BounceType.HARD ? names.bouncesHard() : names.bouncesSoft()).name();
        long arrival = arrival(offset).toEpochMilli();
        String source = SOURCE + '/' + partition + '/' + offset + '@' + arrival;
        RecordHeaders headers = new RecordHeaders();
        headers.add(Coordinates.HEADER, source.getBytes(StandardCharsets.UTF_8));
        topics.append(topic, to, arrival + 50, null, framed(new ClassifiedEvent(event, classification)), headers);
    }

    void feed(Side side, SuppressionKey key, Suppression suppression) {
        put(side.config().topics().suppressions().name(), key, suppression == null ? null : framed(suppression));
    }

    void history(Side side, SuppressionKey key, History history) {
        put(
                AddressHistories.changelog(side.config().applicationId()),
                key,
                history == null ? null : HistoryRows.of(history));
    }

    void statistics(Side side, String domain, long hard) {
        DomainStats stats = DomainStats.newBuilder()
                .setTenant("default")
                .setDomain(domain)
                .setWindowSize("P1D")
                .setWindowStart(BEGIN)
                .setDelivered(0)
                .setDeferred(0)
                .setSoft(0)
                .setHard(hard)
                .setComplained(0)
                .setNotAttempted(0)
                .setUnclassified(0)
                .setExpired(0)
                .setCategories(Map.of())
                .build();
        topics.append(
                side.config().topics().domainStats().name(),
                0,
                0,
                ("default|" + domain + "|P1D|0").getBytes(StandardCharsets.UTF_8),
                framed(stats),
                null);
    }

    private void put(String topic, SuppressionKey key, byte[] value) {
        topics.append(topic, Math.floorMod(key.hashCode(), PARTITIONS), 0, key.bytes(), value, null);
    }

    private <T extends SpecificRecord> byte[] framed(T record) {
        int id = ids.computeIfAbsent(record.getSchema(), this::register);
        return new AvroEncoder<T>(record.getSchema()).framed(id, record);
    }

    private int register(Schema schema) {
        try {
            return registry.register(schema.getName(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }
}
