package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.serde.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AvroDecoderTest {

    private static final Schema SCHEMA = DeliveryEvent.getClassSchema();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeRegistry registry = new FakeRegistry();
    private final int id = registry.put(SCHEMA);
    private final AvroDecoder<DeliveryEvent> decoder =
            new AvroDecoder<>(new WriterSchemas(registry, Duration.ZERO), SCHEMA);
    private final DeliveryEvent event = DeliveryEvent.newBuilder()
            .setEventId("e1")
            .setEventTime(Instant.parse("2026-03-01T12:00:00Z"))
            .setRecipient("someone@example.com")
            .setOutcome(Outcome.BOUNCED)
            .setReply("550 5.1.1 no such user – ünknown")
            .setTags(List.of("a", "b"))
            .setSizeBytes(1_000_000L)
            .setSourceRef("file:1")
            .build();
    private final byte[] value = new AvroEncoder<DeliveryEvent>(SCHEMA).framed(id, event);

    @Test
    void anEventComesBackAsItWas() throws UndecodableException {
        assertThat(decoder.decode(value)).isEqualTo(event);
    }

    @Test
    void whatCannotBeReadIsToldApart() {
        assertReason(null, Reason.EMPTY_VALUE);
        assertReason(new byte[0], Reason.EMPTY_VALUE);
        assertReason("{\"eventId\":1}".getBytes(StandardCharsets.UTF_8), Reason.NOT_WIRE_FORMAT);
        assertReason(WireFormat.frame(4711, new byte[] {1, 2}), Reason.UNKNOWN_SCHEMA);
        assertReason(Arrays.copyOf(value, value.length + 1), Reason.MALFORMED);
        int other = registry.put(new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}"));
        assertReason(WireFormat.frame(other, new byte[] {2}), Reason.INCOMPATIBLE_SCHEMA);
        int text = registry.put(Schema.create(Schema.Type.STRING));
        assertReason(WireFormat.frame(text, new byte[] {2, 'a'}), Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void anEventCutAnywhereIsRefusedAndTheNextOneReads() throws UndecodableException {
        for (int length = 0; length < value.length; length++) {
            assertReason(
                    Arrays.copyOf(value, length),
                    length == 0
                            ? Reason.EMPTY_VALUE
                            : length < WireFormat.HEADER_BYTES ? Reason.NOT_WIRE_FORMAT : Reason.MALFORMED);
            assertThat(decoder.decode(value)).isEqualTo(event);
        }
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property
    void anyBytesUnderAKnownSchemaAreReadOrMalformed(@ForAll @Size(max = 300) byte[] body) {
        Reason reason = readOrRefuse(WireFormat.frame(id, body));

        assertThat(reason).isIn(null, Reason.MALFORMED);
    }

    /** Nearly right bytes get further into the reader than random ones. */
    @Property(tries = 5000)
    void anEventWithDamagedBytesIsReadOrMalformed(
            @ForAll @IntRange(min = 0, max = 10_000) int at, @ForAll @Size(min = 1, max = 4) byte[] damage) {
        byte[] damaged = value.clone();
        int body = damaged.length - WireFormat.HEADER_BYTES;
        for (int i = 0; i < damage.length; i++) {
            damaged[WireFormat.HEADER_BYTES + (at + i) % body] = damage[i];
        }

        assertThat(readOrRefuse(damaged)).isIn(null, Reason.MALFORMED);
    }

    @Test
    void aHostileDepthIsRefused() throws IOException, UndecodableException {
        Schema list = new Schema.Parser().parse("""
                {"type": "record", "name": "DeliveryEvent", "namespace": "dev.rebound.schema", "fields": [
                  {"name": "chain", "type": {"type": "record", "name": "Link", "fields": [
                    {"name": "next", "type": ["null", "Link"]}]}}]}""");
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        deep[deep.length - 1] = 0;

        assertReason(WireFormat.frame(registry.put(withFieldsOf(list)), deep), Reason.MALFORMED);
        assertThat(decoder.decode(value)).isEqualTo(event);
    }

    /** Whatever was read in this JVM before: each of these would take all memory, or the rest of the day. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hostileLengthsAndCountsAreRefused() throws IOException {
        byte[] twoThousandMillion = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] negative = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        for (String type : List.of(
                "\"string\"",
                "\"bytes\"",
                "{\"type\": \"array\", \"items\": \"null\"}",
                "{\"type\": \"array\", \"items\": \"string\"}",
                "{\"type\": \"map\", \"values\": \"null\"}")) {
            Schema unknownField = new Schema.Parser().parse("""
                    {"type": "record", "name": "R", "fields": [{"name": "added", "type": %s}]}""".formatted(type));
            int writer = registry.put(withFieldsOf(unknownField));
            assertReason(WireFormat.frame(writer, twoThousandMillion), Reason.MALFORMED);
            assertReason(WireFormat.frame(writer, negative), Reason.MALFORMED);
        }
        assertReason(WireFormat.frame(id, twoThousandMillion), Reason.MALFORMED);
        assertReason(WireFormat.frame(id, negative), Reason.MALFORMED);
    }

    @Test
    void anEventOfAnOlderSchemaReads() throws IOException, UndecodableException {
        Schema older = edited(schema -> {
            remove(schema, "sourceRef");
            remove(schema, "tags");
            remove(schema, "tenant");
        });

        DeliveryEvent read = decoder.decode(written(older));

        assertThat(read.getReply()).isEqualTo(event.getReply());
        assertThat(read.getSourceRef()).isNull();
        assertThat(read.getTags()).isEmpty();
        assertThat(read.getTenant()).isEqualTo("default");
    }

    @Test
    void anEventOfANewerSchemaReads() throws IOException, UndecodableException {
        Schema newer = edited(schema -> {
            fields(schema)
                    .insertObject(0)
                    .put("name", "added")
                    .put("type", "string")
                    .put("default", "x");
            symbols(schema).add("TELEPORTED");
        });

        assertThat(decoder.decode(written(newer))).isEqualTo(event);

        GenericRecord teleported = generic(newer);
        teleported.put(
                "outcome", new GenericData.EnumSymbol(newer.getField("outcome").schema(), "TELEPORTED"));
        assertThat(decoder.decode(written(newer, teleported)).getOutcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private Reason readOrRefuse(byte[] bytes) {
        try {
            decoder.decode(bytes);
            return null;
        } catch (UndecodableException e) {
            return e.reason();
        }
    }

    private void assertReason(byte[] bytes, Reason reason) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private interface Edit {
        void of(ObjectNode schema);
    }

    private static Schema edited(Edit edit) throws IOException {
        ObjectNode schema = (ObjectNode) JSON.readTree(SCHEMA.toString());
        edit.of(schema);
        return new Schema.Parser().parse(schema.toString());
    }

    private static ArrayNode fields(ObjectNode schema) {
        return (ArrayNode) schema.get("fields");
    }

    private static ArrayNode symbols(ObjectNode schema) {
        return (ArrayNode) StreamSupport.stream(fields(schema).spliterator(), false)
                .filter(field -> field.get("name").asText().equals("outcome"))
                .findFirst()
                .orElseThrow()
                .get("type")
                .get("symbols");
    }

    private static void remove(ObjectNode schema, String field) {
        ArrayNode fields = fields(schema);
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).get("name").asText().equals(field)) {
                fields.remove(i);
            }
        }
    }

    /** The reader's schema with the fields of another one in front. */
    private static Schema withFieldsOf(Schema other) throws IOException {
        ArrayNode added = fields((ObjectNode) JSON.readTree(other.toString()));
        return edited(schema -> {
            ArrayNode fields = fields(schema);
            for (int i = 0; i < added.size(); i++) {
                fields.insert(i, added.get(i));
            }
        });
    }

    /** The event as another program would hold it that knows this schema only. */
    private GenericRecord generic(Schema schema) throws IOException {
        byte[] body = Arrays.copyOfRange(value, WireFormat.HEADER_BYTES, value.length);
        return new GenericDatumReader<GenericRecord>(SCHEMA, schema)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
    }

    private byte[] written(Schema schema) throws IOException {
        return written(schema, generic(schema));
    }

    private byte[] written(Schema schema, GenericRecord event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
        encoder.flush();
        return WireFormat.frame(registry.put(schema), out.toByteArray());
    }
}
