package dev.rebound.local;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.event.EventKey;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.topology.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * A stream of records for {@code delivery-events}, the same for the same seed: events of several tenants and domains with
 * every shipped code, and among them what a processor may stumble over. For each record it is known what has to become of
 * it, found without Kafka.
 */
final class Workload {

    static final int PARTITIONS = 3;

    /** An address that a command suppresses. */
    static final String ADDED = "added@d1.example";

    /** An address that events would suppress, had a command not done away with them. */
    static final String REMOVED = "r1@d1.example";

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MINUTES = 90;
    private static final Map<String, Integer> SIZES = Map.of("PT1M", 60, "PT1H", 60 * 60, "P1D", 24 * 60 * 60);
    private static final List<String> HOSTS =
            List.of("aspmx.l.google.com", "x.mail.protection.outlook.com", "mx.one.example", "mx.two.example");
    private static final List<String> TENANTS = List.of("default", "acme", "globex");

    /** What a classified event may have beside key, value and headers, see RecordSize of the topology. */
    private static final int SIZE_RESERVE = 768;

    /** A table position whose encoding is as long as that of any position from 64 to 8191. */
    private static final long TABLE_POSITION = 100;

    private static final byte[] ABSENT_FIELD = {0};
    private static final int POISON_UNKNOWN_SCHEMA = -1;

    private final Random random;
    private final int eventSchema;
    private final int newSchema;
    private final List<Input> inputs = new ArrayList<>();
    private final AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(DeliveryEvent.getClassSchema());
    private final AvroEncoder<ClassifiedEvent> classifiedEncoder = new AvroEncoder<>(ClassifiedEvent.getClassSchema());
    private int firstOfNewSchema;

    /**
     * A record to be sent, and what has to become of it.
     *
     * @param partition where it is sent
     * @param key may be null
     * @param value may be null
     * @param headers headers
     * @param compressed it is too large for the topic unless it is compressed
     * @param topic where it has to arrive, without prefix
     * @param mark the event's id; for a dead letter its reason
     * @param windows windows that it is counted in, each as topic and key of its statistics; none for a dead letter
     */
    record Input(
            int partition,
            byte[] key,
            byte[] value,
            List<Header> headers,
            boolean compressed,
            String topic,
            String mark,
            List<String> windows) {}

    /**
     * A stream of about so many records.
     *
     * @param eventSchema id of the current schema of events
     * @param newSchema id of {@link #newerSchema()}
     */
    Workload(long seed, int records, int eventSchema, int newSchema) {
        this.random = new Random(seed);
        this.eventSchema = eventSchema;
        this.newSchema = newSchema;
        List<String> replies = replies();
        int newFrom = records * 6 / 10;
        for (int i = 0; i < records; i++) {
            if (i == newFrom) {
                firstOfNewSchema = inputs.size();
            }
            DeliveryEvent.Builder event = event(i, replies);
            if (i % 50 == 7) {
                addPoison(event, i >= newFrom && i % 100 == 7 ? POISON_UNKNOWN_SCHEMA : i / 50);
            } else if (i % 40 == 11) {
                addMisplaced(event, i / 40);
            } else if (i >= newFrom && i % 20 == 3) {
                addOfNewSchema(event.build());
            } else {
                add(event.build());
            }
            if (i == records * 3 / 10) {
                addOfOtherTimes();
                addLarge();
            }
        }
    }

    List<Input> inputs() {
        return inputs;
    }

    /** Commands that are given beside the events, some of them twice. */
    List<SuppressionCommand> commands() {
        SuppressionCommand add = command("c1", SuppressionAction.ADD, ADDED);
        return List.of(add, add, command("c2", SuppressionAction.REMOVE, REMOVED));
    }

    private static SuppressionCommand command(String id, SuppressionAction action, String address) {
        return SuppressionCommand.newBuilder()
                .setCommandId(id)
                .setIssuedAt(START.plusSeconds(60 * MINUTES))
                .setAction(action)
                .setList("default")
                .setAddress(address)
                .setReason(action == SuppressionAction.ADD ? SuppressionReason.MANUAL : SuppressionReason.UNKNOWN)
                .setSource(SuppressionSource.OPERATOR)
                .setBy("test")
                .setWhy("for the comparison")
                .build();
    }

    /** Index of the first record for which the registry has to be asked, beside the first record of all. */
    int firstOfNewSchema() {
        return firstOfNewSchema;
    }

    /** The schema of events with one more field at its end, as the next version of a producer might have it. */
    static Schema newerSchema() {
        Schema now = DeliveryEvent.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        now.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field("addedLater", text, "Not known to this version.", Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(now.getName(), now.getDoc(), now.getNamespace(), false, fields);
    }

    private static List<String> replies() {
        List<String> replies = new ArrayList<>(List.of("550 go away", "no code at all"));
        for (StatusCode row : ShippedCodes.rows()) {
            String id = row.getId().replace("XXX", "9").replace("YYY", "9").replace("xx", "99");
            replies.add(id.contains(".") ? id.charAt(0) + "50 " + id + " refused" : id + " refused");
        }
        return replies;
    }

    private DeliveryEvent.Builder event(int number, List<String> replies) {
        Outcome outcome =
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> Outcome.DELIVERED;
                    case 3 -> Outcome.DEFERRED;
                    case 4 -> random.nextBoolean() ? Outcome.COMPLAINED : Outcome.SUPPRESSED;
                    case 5 -> Outcome.EXPIRED;
                    default -> Outcome.BOUNCED;
                };
        Instant time = START.plusSeconds(random.nextInt(60 * MINUTES));
        int domain = random.nextInt(6);
        return DeliveryEvent.newBuilder()
                .setEventId("e" + number)
                .setEventTime(time)
                .setQueuedAt(time.minusMillis(random.nextInt(10_000_000)))
                .setAttempt(1 + random.nextInt(5))
                .setTenant(TENANTS.get(random.nextInt(TENANTS.size())))
                .setRecipient("r" + random.nextInt(60) + "@d" + domain + ".example")
                .setRemoteHost(HOSTS.get(domain % HOSTS.size()))
                .setOutcome(outcome)
                .setReply(outcome == Outcome.DELIVERED ? "250 ok" : replies.get(random.nextInt(replies.size())));
    }

    private void add(DeliveryEvent event) {
        byte[] key = key(event);
        add(event, home(key), key, encode(event), false);
    }

    private void addOfNewSchema(DeliveryEvent event) {
        byte[] key = key(event);
        byte[] value = join(encoder.framed(newSchema, event), ABSENT_FIELD);
        add(event, home(key), key, value, false);
    }

    /** Of recipients of their own: nothing is promised of the order of records that were moved. */
    private void addMisplaced(DeliveryEvent.Builder builder, int kind) {
        DeliveryEvent event =
                builder.setRecipient("moved-" + builder.getRecipient()).build();
        byte[] key = key(event);
        switch (kind % 3) {
            case 0 -> add(event, random.nextInt(PARTITIONS), null, encode(event), false);
            case 1 -> add(event, random.nextInt(PARTITIONS), text("some key"), encode(event), false);
            default -> add(event, (home(key) + 1) % PARTITIONS, key, encode(event), false);
        }
    }

    private void addOfOtherTimes() {
        for (String time : List.of("1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z")) {
            add(TestCluster.bounce(time)
                    .setEventTime(Instant.parse(time))
                    .setReply("550 5.1.1 unknown")
                    .build());
        }
    }

    /** The largest that the input takes; the largest that can be written on; one byte more than that. */
    private void addLarge() {
        byte[] key = key(TestCluster.bounce("any").build());
        DeliveryEvent input;
        int length = Topics.INPUT_MAX_BYTES;
        int surplus;
        do {
            input = TestCluster.bounce("largest input")
                    .setReply("550 5.1.1 " + noise(length))
                    .build();
            surplus = batchSize(key, encode(input)) - Topics.INPUT_MAX_BYTES;
            length -= surplus;
        } while (surplus != 0);
        add(input);
        DeliveryEvent output = largeOutput(key, 0);
        add(output, home(key), key, encode(output), true);
        addDead(home(key), key, encode(largeOutput(key, 1)), true, "OVERSIZE");
    }

    /** An event whose record is so many bytes larger, once classified, than the largest that can be written. */
    private DeliveryEvent largeOutput(byte[] key, int above) {
        int room = Topics.OUTPUT_MAX_BYTES + above - SIZE_RESERVE - key.length;
        int length = room;
        while (true) {
            DeliveryEvent output = TestCluster.bounce("largest output")
                    .setReply("550 5.1.1 " + "x".repeat(length))
                    .build();
            int surplus = classifiedSize(output) - room;
            if (surplus == 0) {
                return output;
            }
            length -= surplus;
        }
    }

    private static int batchSize(byte[] key, byte[] value) {
        return DefaultRecordBatch.sizeInBytes(List.of(new SimpleRecord(0L, key, value)));
    }

    private int classifiedSize(DeliveryEvent event) {
        Classification classification = Classification.newBuilder(classify(event))
                .setTablePosition(TABLE_POSITION)
                .build();
        return classifiedEncoder.framed(0, new ClassifiedEvent(event, classification)).length;
    }

    /** Text that cannot be compressed much. */
    private String noise(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }

    private void addPoison(DeliveryEvent.Builder event, int kind) {
        byte[] key = {(byte) inputs.size()};
        int partition = random.nextInt(PARTITIONS);
        if (kind == POISON_UNKNOWN_SCHEMA) {
            addDead(partition, key, new byte[] {0, 0, 0, 99, 99, 1, 2}, false, "UNKNOWN_SCHEMA");
            return;
        }
        switch (kind % 6) {
            case 0 -> addDead(partition, key, text("garbage"), false, "NOT_WIRE_FORMAT");
            case 1 -> addDead(partition, key, Arrays.copyOf(encode(event.build()), 20), false, "MALFORMED");
            case 2 -> addDead(partition, key, join(encode(event.build()), new byte[3]), false, "MALFORMED");
            case 3 -> addDead(partition, key, null, false, "EMPTY_VALUE");
            case 4 -> addDead(partition, key, encode(event.setRecipient("").build()), false, "INVALID_RECIPIENT");
            default -> addDead(partition, key, encode(event.setTenant("a|b").build()), false, "INVALID_TENANT");
        }
    }

    private void add(DeliveryEvent event, int partition, byte[] key, byte[] value, boolean compressed) {
        Classification classification = classify(event);
        String topic =
                switch (event.getOutcome()) {
                    case DELIVERED -> "deliveries";
                    case DEFERRED -> "deferrals";
                    case COMPLAINED -> "complaints";
                    case SUPPRESSED -> "not-attempted";
                    case BOUNCED, EXPIRED, UNKNOWN ->
                        switch (classification.getBounceType()) {
                            case HARD -> "bounces-hard";
                            case SOFT -> "bounces-soft";
                            case NONE -> throw new IllegalStateException("a failure is a bounce");
                        };
                };
        inputs.add(new Input(
                partition,
                key,
                value,
                headers(compressed),
                compressed,
                topic,
                event.getEventId(),
                windows(event, classification)));
    }

    private static List<String> windows(DeliveryEvent event, Classification classification) {
        String provider = classification.getProvider() == null ? "unknown" : classification.getProvider();
        List<String> windows = new ArrayList<>();
        SIZES.forEach((size, seconds) -> {
            Instant start =
                    Instant.ofEpochSecond(Math.floorDiv(event.getEventTime().getEpochSecond(), seconds) * seconds);
            String behind = '|' + size + '|' + start;
            windows.add("domain-stats " + event.getTenant() + '|' + classification.getReceivingDomain() + behind);
            windows.add("provider-stats " + event.getTenant() + '|' + provider + behind);
        });
        return windows;
    }

    private void addDead(int partition, byte[] key, byte[] value, boolean compressed, String reason) {
        inputs.add(new Input(
                partition, key, value, headers(compressed), compressed, "delivery-events-dlq", reason, List.of()));
    }

    private List<Header> headers(boolean none) {
        return none || inputs.size() % 5 != 0
                ? List.of()
                : List.of(new RecordHeader("trace", text("t" + inputs.size())));
    }

    private static Classification classify(DeliveryEvent event) {
        return Classifier.classify(event, ShippedCodes.table());
    }

    private byte[] encode(DeliveryEvent event) {
        return encoder.framed(eventSchema, event);
    }

    private static byte[] key(DeliveryEvent event) {
        try {
            return EventKey.of(event);
        } catch (EventKey.InvalidEventException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int home(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }
}
