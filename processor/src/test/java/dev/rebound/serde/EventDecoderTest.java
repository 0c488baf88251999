package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** Views of bytes are what Avro makes of the bytes, and what is written from them is what Avro would write. */
class EventDecoderTest {

    private static final Schema SCHEMA = DeliveryEvent.getClassSchema();
    private static final CodeTable TABLE = ShippedCodes.table();
    private static final String[] TEXTS = {
        "",
        "a",
        "someone@example.com",
        "550 5.1.1 <someone@example.com>: no such user",
        "ünknown",
        "\ud83d\ude00",
        "x".repeat(200)
    };

    private final FakeRegistry registry = new FakeRegistry();
    private final int id = registry.put(SCHEMA);
    private final WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);
    private final EventDecoder decoder = new EventDecoder(schemas);
    private final AvroDecoder<DeliveryEvent> plain = new AvroDecoder<>(schemas, SCHEMA);
    private final AvroEncoder<DeliveryEvent> encoder = new AvroEncoder<>(SCHEMA);
    private final ClassifiedEncoder splicing = new ClassifiedEncoder();
    private final AvroEncoder<ClassifiedEvent> whole = new AvroEncoder<>(ClassifiedEvent.getClassSchema());

    /** An event with something or nothing in every field. */
    private static DeliveryEvent any(Random random) {
        DeliveryEvent event = new DeliveryEvent();
        SCHEMA.getFields().forEach(field -> event.put(field.pos(), any(field.schema(), random)));
        return event;
    }

    private static Object any(Schema schema, Random random) {
        return switch (schema.getType()) {
            case UNION -> random.nextBoolean() ? null : any(schema.getTypes().get(1), random);
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case ARRAY -> texts(random);
            case LONG ->
                schema.getLogicalType() == null ? (Object) anyLong(random) : Instant.ofEpochMilli(anyLong(random));
            case INT -> (int) anyLong(random);
            case BOOLEAN -> random.nextBoolean();
            case ENUM ->
                new DeliveryEvent()
                        .getSpecificData()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            default -> throw new IllegalStateException(schema.toString());
        };
    }

    private static long anyLong(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        while (random.nextInt(3) > 0) {
            texts.add(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return texts;
    }

    @Property
    void aViewIsWhatAvroDecodes(@ForAll long seed) throws UndecodableException {
        DeliveryEvent event = any(new Random(seed));
        DeliveryEvent view = decoder.decode(encoder.framed(id, event));

        assertThat(view).isInstanceOf(EventView.class);
        assertSame(view, event);
        assertThat(((EventView) view).isPlain()).isTrue();
    }

    /** By every getter as well as by the fields' numbers, whichever is asked first. */
    private static void assertSame(DeliveryEvent view, DeliveryEvent event) {
        List<Integer> order = new ArrayList<>();
        SCHEMA.getFields().forEach(field -> order.add(field.pos()));
        Collections.shuffle(order, new Random(1));
        for (int field : order) {
            assertThat(view.get(field)).isEqualTo(event.get(field));
        }
        assertThat(view.toString()).isEqualTo(event.toString());
    }

    @Property
    void everyGetterDecodes(@ForAll long seed) throws ReflectiveOperationException, UndecodableException {
        DeliveryEvent event = any(new Random(seed));
        DeliveryEvent view = decoder.decode(encoder.framed(id, event));

        for (Schema.Field field : SCHEMA.getFields()) {
            String getter = "get" + Character.toUpperCase(field.name().charAt(0))
                    + field.name().substring(1);
            assertThat(DeliveryEvent.class.getMethod(getter).invoke(view))
                    .as(getter)
                    .isEqualTo(event.get(field.pos()));
        }
    }

    /** However bytes are damaged: a view refuses what Avro refuses, and reads and writes what Avro reads and writes of the rest. */
    @Property(tries = 3_000)
    void damagedBytesAreTakenAsAvroTakesThem(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] value = damaged(encoder.framed(id, any(random)), random);
        DeliveryEvent expected = decode(value);
        DeliveryEvent view;
        try {
            view = decoder.decode(value);
        } catch (UndecodableException e) {
            assertThat(expected).as(e.getMessage()).isNull();
            return;
        }
        assertThat(expected).isNotNull();
        assertSame(view, expected);
        assertWrittenAlike(view, expected);
    }

    /** Null when Avro cannot. */
    private DeliveryEvent decode(byte[] value) {
        try {
            return plain.decode(value);
        } catch (UndecodableException e) {
            return null;
        }
    }

    private static byte[] damaged(byte[] value, Random random) {
        byte[] damaged = value.clone();
        int body = WireFormat.HEADER_BYTES;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = body + random.nextInt(damaged.length - body);
            switch (random.nextInt(3)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                default -> damaged = without(damaged, at);
            }
        }
        return damaged;
    }

    private static byte[] without(byte[] value, int at) {
        byte[] shorter = Arrays.copyOf(value, value.length - 1);
        System.arraycopy(value, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private void assertWrittenAlike(DeliveryEvent view, DeliveryEvent event) {
        Classification classification = Classifier.classify(event, TABLE);
        assertThat(splicing.framed(7, view, classification))
                .isEqualTo(whole.framed(7, new ClassifiedEvent(event, classification)));
    }

    @Property
    void whatIsWrittenIsWhatAvroWrites(@ForAll long seed) throws UndecodableException {
        DeliveryEvent event = any(new Random(seed));

        assertWrittenAlike(decoder.decode(encoder.framed(id, event)), event);
        assertWrittenAlike(event, event);
    }

    /** Other writers may write an array in blocks with their sizes, which is longer: it is read, and written as Avro does here. */
    @Test
    void otherFormsOfTheSameEventAreWrittenAsOne() throws IOException, UndecodableException {
        DeliveryEvent event = DeliveryEvent.newBuilder(any(new Random(3)))
                .setTags(List.of("a", "b", "c"))
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder blocks = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        new SpecificDatumWriter<DeliveryEvent>(SCHEMA).write(event, blocks);
        blocks.flush();
        assertThat(out.toByteArray()).isNotEqualTo(encoder.body(event));

        DeliveryEvent view = decoder.decode(WireFormat.frame(id, out.toByteArray()));

        assertThat(((EventView) view).isPlain()).isFalse();
        assertSame(view, event);
        assertWrittenAlike(view, event);
    }

    /** Numbers can be written longer than need be. */
    @Test
    void longNumbersAreWrittenShort() throws UndecodableException {
        DeliveryEvent event =
                DeliveryEvent.newBuilder(any(new Random(4))).setEventId("a").build();
        byte[] value = encoder.framed(id, event);
        byte[] longer = new byte[value.length + 1];
        System.arraycopy(value, 0, longer, 0, WireFormat.HEADER_BYTES);
        longer[WireFormat.HEADER_BYTES] = (byte) (value[WireFormat.HEADER_BYTES] | 0x80);
        System.arraycopy(
                value,
                WireFormat.HEADER_BYTES + 1,
                longer,
                WireFormat.HEADER_BYTES + 2,
                value.length - WireFormat.HEADER_BYTES - 1);

        DeliveryEvent view = decoder.decode(longer);

        assertSame(view, event);
        assertWrittenAlike(view, event);
    }

    /** Of a schema whose fields are others, or in another order, the bytes are not those of an outcome topic's. */
    @Test
    void eventsOfAnotherLayoutAreDecodedAndEncoded() throws UndecodableException {
        DeliveryEvent event = DeliveryEvent.newBuilder(any(new Random(5)))
                .setSourceRef(null)
                .setOriginalRecipient("written first")
                .setFinalRecipient("written second")
                .build();
        List<Schema.Field> fields = SCHEMA.getFields();
        assertReadWhole(fields.subList(0, fields.size() - 1), event, event);

        int original = SCHEMA.getField("originalRecipient").pos();
        List<Schema.Field> swapped = new ArrayList<>(fields);
        Collections.swap(swapped, original, SCHEMA.getField("finalRecipient").pos());
        DeliveryEvent expected = DeliveryEvent.newBuilder(event)
                .setOriginalRecipient("written second")
                .setFinalRecipient("written first")
                .build();
        assertReadWhole(swapped, event, expected);
    }

    private void assertReadWhole(List<Schema.Field> fields, DeliveryEvent written, DeliveryEvent expected)
            throws UndecodableException {
        List<Schema.Field> copies = fields.stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema writer = Schema.createRecord(SCHEMA.getName(), null, SCHEMA.getNamespace(), false, copies);
        byte[] value = new AvroEncoder<DeliveryEvent>(writer).framed(registry.put(writer), written);

        DeliveryEvent read = decoder.decode(value);

        assertThat(read).isNotInstanceOf(EventView.class).isEqualTo(expected);
        assertWrittenAlike(read, expected);
    }

    /** Defaults take no bytes. */
    @Test
    void aSchemaWithAnotherDefaultHasTheSameLayout() throws UndecodableException {
        int other = registry.put(new Schema.Parser()
                .parse(SCHEMA.toString().replace("\"default\":\"default\"", "\"default\":\"other\"")));
        DeliveryEvent event = any(new Random(6));

        assertThat(other).isNotEqualTo(id);
        assertSame(decoder.decode(encoder.framed(other, event)), event);
        assertThat(decoder.decode(encoder.framed(other, event))).isInstanceOf(EventView.class);
    }
}
