package dev.rebound.local;

import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.QuantileSummary;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.Fingerprint;
import dev.rebound.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows what a run commits to its output topics, each record read once. */
final class Outputs implements AutoCloseable {

    private static final String DEAD_LETTERS = "delivery-events-dlq";
    private static final Set<String> INPUTS = Set.of("delivery-events", "status-codes", "suppression-commands");
    private static final List<String> OUTCOMES =
            List.of("delivered", "deferred", "soft", "hard", "complained", "notAttempted");
    private static final int LONGEST_SHOWN = 1_500;

    /** What every output says of how it was made. */
    private static final Set<String> MADE_BY = Set.of(Coordinates.HEADER, Fingerprint.HEADER);

    private final String prefix;
    private final String domainsTopic;
    private final String providersTopic;
    private final String suppressionsTopic;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDecoder<ClassifiedEvent> events;
    private final AvroDecoder<DomainStats> domains;
    private final AvroDecoder<ProviderStats> providers;
    private final AvroDecoder<Suppression> suppressions;
    private final Written.Builder written = new Written.Builder();
    private final Set<Long> arrivals = new TreeSet<>();

    Outputs(TestCluster cluster) {
        Topics topics = cluster.topics;
        prefix = topics.prefix();
        domainsTopic = topics.domainStats().name();
        providersTopic = topics.providerStats().name();
        suppressionsTopic = topics.suppressions().name();
        suppressions = new AvroDecoder<>(cluster.writerSchemas(), Suppression.getClassSchema());
        events = new AvroDecoder<>(cluster.writerSchemas(), ClassifiedEvent.getClassSchema());
        domains = new AvroDecoder<>(cluster.writerSchemas(), DomainStats.getClassSchema());
        providers = new AvroDecoder<>(cluster.writerSchemas(), ProviderStats.getClassSchema());
        Properties properties = cluster.client();
        properties.put("isolation.level", "read_committed");
        properties.put("max.partition.fetch.bytes", 4 << 20);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        topics.all().stream()
                .filter(topic -> !INPUTS.contains(topic.name().substring(prefix.length())))
                .forEach(topic -> {
                    for (int partition = 0; partition < Workload.PARTITIONS; partition++) {
                        partitions.add(new TopicPartition(topic.name(), partition));
                    }
                });
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has been committed since; then: records in outcome topics and dead letters so far. */
    int accountedFor() throws Exception {
        readOn();
        return written.accountedFor();
    }

    /** Takes in what has been committed since; then: events in the statistics. */
    long counted() throws Exception {
        readOn();
        return written.counted();
    }

    /** Everything that is committed now. */
    Written all() throws Exception {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            readOn();
        }
        return written.build();
    }

    /** Times at which the records taken in so far were written, epoch milliseconds. */
    Set<Long> arrivals() {
        return arrivals;
    }

    private void readOn() throws Exception {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
            take(record);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws Exception {
        arrivals.add(record.timestamp());
        String topic = record.topic().substring(prefix.length());
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(domainsTopic)) {
            written.put(topic, key, counts(domains.decode(record.value())));
        } else if (record.topic().equals(providersTopic)) {
            written.put(topic, key, counts(providers.decode(record.value())));
        } else if (record.topic().equals(suppressionsTopic)) {
            // The order of what was moved is not promised, and a delivery is remembered only behind a failure.
            if (!key.contains("|moved-")) {
                written.suppress(key, record.value() == null ? null : text(suppressions.decode(record.value())));
            }
        } else if (topic.equals(DEAD_LETTERS)) {
            written.add(topic, null, line(record, record.value() == null ? "null" : hex(record.value())));
        } else {
            ClassifiedEvent read = events.decode(record.value());
            ClassifiedEvent event = new ClassifiedEvent(
                    read.getEvent(),
                    Classification.newBuilder(read.getClassification())
                            .setTablePosition(0)
                            .build());
            boolean moved = event.getEvent().getRecipient().startsWith("moved-");
            written.add(topic, moved ? null : key, line(record, event.toString()));
        }
    }

    /** Runs have topics of their own, and repeated writes of a feed that was interrupted move offsets. */
    private String text(Suppression suppression) {
        return suppression.toString().replace(prefix, "").replaceAll("\"offset\": \\d+", "\"offset\": 0");
    }

    /** Takes in what has been committed since; then: what the feed of suppressions says, by key. */
    Map<String, String> suppressed() throws Exception {
        readOn();
        return written.suppressed();
    }

    private static Map<String, Long> counts(SpecificRecordBase stats) {
        Map<String, Long> counts = new TreeMap<>();
        for (Schema.Field field : stats.getSchema().getFields()) {
            Object value = stats.get(field.pos());
            if (value instanceof Long count) {
                counts.put(field.name(), count);
            } else if (value instanceof QuantileSummary summary) {
                counts.put(field.name() + " count", summary.getCount());
                counts.put(field.name() + " p50", Math.round(summary.getP50() * 1_000));
                counts.put(field.name() + " p99", Math.round(summary.getP99() * 1_000));
            } else if (value instanceof Map<?, ?> categories) {
                categories.forEach((category, count) -> counts.put((String) category, (Long) count));
            }
        }
        counts.put("events", OUTCOMES.stream().mapToLong(counts::get).sum());
        return counts;
    }

    /** A record without key can be in any partition; offsets are those of this run. */
    private String line(ConsumerRecord<byte[], byte[]> record, String value) {
        StringBuilder line = new StringBuilder();
        line.append(record.key() == null ? "p? " : "p" + record.partition() + ' ')
                .append(record.key() == null ? null : text(record.key()));
        for (Header header : record.headers()) {
            if (MADE_BY.contains(header.key())) {
                continue;
            }
            line.append(' ')
                    .append(header.key())
                    .append('=')
                    .append(text(header.value()).replace(prefix, ""));
        }
        return line.append(' ').append(shortened(value)).toString();
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_SHOWN
                ? value
                : value.substring(0, LONGEST_SHOWN) + "... " + value.length() + " characters with hash "
                        + Arrays.hashCode(value.toCharArray());
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : hex(bytes);
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
