package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class BytesDecoderTest {

    /** Every primitive, twice: what only the writer knows has to be skipped. */
    private static final Schema WRITER = everything("writer");

    private static Schema everything(String suffix) {
        return SchemaBuilder.record("Everything")
                .fields()
                .requiredBoolean("b")
                .requiredInt("i")
                .requiredLong("l")
                .requiredFloat("f")
                .requiredDouble("d")
                .requiredString("s")
                .requiredBytes("bytes")
                .name("array")
                .type()
                .array()
                .items()
                .longType()
                .noDefault()
                .name("map")
                .type()
                .map()
                .values()
                .stringType()
                .noDefault()
                .name("skippedText_" + suffix)
                .type()
                .stringType()
                .stringDefault("")
                .name("skippedArray_" + suffix)
                .type()
                .array()
                .items()
                .stringType()
                .arrayDefault(List.of())
                .name("last")
                .type()
                .longType()
                .noDefault()
                .endRecord();
    }

    @Property(tries = 200)
    void readsWhatAvroWrites(
            @ForAll boolean b,
            @ForAll int i,
            @ForAll long l,
            @ForAll float f,
            @ForAll double d,
            @ForAll byte[] bytes,
            @ForAll List<Long> array)
            throws IOException {
        String text = "ä😀" + l;
        GenericRecord written = new GenericRecordBuilder(WRITER)
                .set("b", b)
                .set("i", i)
                .set("l", l)
                .set("f", f)
                .set("d", d)
                .set("s", text)
                .set("bytes", java.nio.ByteBuffer.wrap(bytes))
                .set("array", array)
                .set("map", Map.of("k", text))
                .set("skippedText_writer", text)
                .set("skippedArray_writer", List.of(text, text))
                .set("last", l)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(WRITER).write(written, encoder);
        encoder.flush();

        BytesDecoder same = new BytesDecoder(out.toByteArray(), 0);
        GenericRecord read = new GenericDatumReader<GenericRecord>(WRITER).read(null, same);
        assertThat(GenericData.get().compare(without(read), without(written), noMaps()))
                .isZero();
        assertThat(read.get("map")).hasToString("{k=" + text + "}");
        assertThat(same.isEnd()).isTrue();

        BytesDecoder other = new BytesDecoder(out.toByteArray(), 0);
        GenericRecord resolved = new GenericDatumReader<GenericRecord>(WRITER, everything("reader")).read(null, other);
        assertThat(resolved.get("last")).isEqualTo(l);
        assertThat(other.isEnd()).isTrue();
    }

    /** Avro does not order maps, and compares records field by field. */
    private static Schema noMaps() {
        return SchemaBuilder.record("NoMaps")
                .fields()
                .requiredBoolean("b")
                .requiredInt("i")
                .requiredLong("l")
                .requiredFloat("f")
                .requiredDouble("d")
                .requiredString("s")
                .requiredBytes("bytes")
                .requiredLong("last")
                .endRecord();
    }

    private static GenericRecord without(GenericRecord record) {
        GenericRecordBuilder copy = new GenericRecordBuilder(noMaps());
        noMaps().getFields().forEach(field -> copy.set(field, record.get(field.name())));
        return copy.build();
    }

    @Test
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
        byte[] twoGigabytes = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1, 2};
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).readString()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).readString(null))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).readBytes(null))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).readArrayStart())
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).readMapStart())
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BytesDecoder(twoGigabytes, 0).skipArray()).isInstanceOf(EOFException.class);
        byte[] negative = {1};
        assertThatThrownBy(() -> new BytesDecoder(negative, 0).readString()).isInstanceOf(EOFException.class);
    }

    @Test
    void aNumberWithoutEndIsRefused() {
        byte[] endless = new byte[20];
        java.util.Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> new BytesDecoder(endless, 0).readLong()).hasMessageContaining("10 bytes");
        assertThatThrownBy(() -> new BytesDecoder(endless, 0).readInt()).hasMessageContaining("5 bytes");
    }
}
