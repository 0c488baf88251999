package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

class BytesEncoderTest {

    @Property(tries = 500)
    void writesWhatAvrosOwnEncoderWrites(@ForAll("values") List<BinaryOutput.Writing> values) throws IOException {
        BytesEncoder encoder = new BytesEncoder();
        encoder.writeString("of another value");
        encoder.clear();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        BinaryEncoder avro = EncoderFactory.get().binaryEncoder(expected, null);
        for (BinaryOutput.Writing value : values) {
            value.to(encoder);
            value.to(avro);
        }
        avro.flush();

        assertThat(encoder.copyBehind(0)).isEqualTo(expected.toByteArray());
    }

    @Property(tries = 50)
    void whatIsInFrontIsFree(@ForAll String text) {
        BytesEncoder encoder = new BytesEncoder();
        encoder.writeString(text);

        byte[] behind = encoder.copyBehind(3);
        assertThat(behind).startsWith(0, 0, 0);
        assertThat(ByteBuffer.wrap(behind, 3, behind.length - 3).slice())
                .isEqualTo(ByteBuffer.wrap(encoder.copyBehind(0)));
    }

    @Provide
    Arbitrary<List<BinaryOutput.Writing>> values() {
        return value().list().ofMaxSize(12);
    }

    private static Arbitrary<BinaryOutput.Writing> value() {
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(3_000);
        return Arbitraries.oneOf(
                Arbitraries.longs().map(value -> encoder -> encoder.writeLong(value)),
                Arbitraries.integers().map(value -> encoder -> encoder.writeInt(value)),
                Arbitraries.integers().between(0, 40).map(value -> encoder -> encoder.writeEnum(value)),
                Arbitraries.integers().between(0, 3).map(value -> encoder -> encoder.writeIndex(value)),
                Arbitraries.of(true, false).map(value -> encoder -> encoder.writeBoolean(value)),
                Arbitraries.floats().map(value -> encoder -> encoder.writeFloat(value)),
                Arbitraries.doubles().map(value -> encoder -> encoder.writeDouble(value)),
                ascii.map(value -> encoder -> encoder.writeString(value)),
                Arbitraries.strings().ofMaxLength(40).map(value -> encoder -> encoder.writeString(value)),
                Arbitraries.strings().ofMaxLength(40).map(value -> encoder -> encoder.writeString(new Utf8(value))),
                ascii.map(value -> encoder -> encoder.writeBytes(bytes(value))),
                ascii.map(value -> encoder -> encoder.writeFixed(bytes(value).array())),
                Arbitraries.integers().between(0, 5).map(BytesEncoderTest::array),
                Arbitraries.integers().between(0, 5).map(BytesEncoderTest::map));
    }

    private static ByteBuffer bytes(String value) {
        return ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    }

    private static BinaryOutput.Writing array(int items) {
        return encoder -> {
            encoder.writeArrayStart();
            encoder.setItemCount(items);
            for (int i = 0; i < items; i++) {
                encoder.startItem();
                encoder.writeInt(i);
            }
            encoder.writeArrayEnd();
        };
    }

    private static BinaryOutput.Writing map(int entries) {
        return encoder -> {
            encoder.writeMapStart();
            encoder.setItemCount(entries);
            for (int i = 0; i < entries; i++) {
                encoder.startItem();
                encoder.writeString("key " + i);
                encoder.writeNull();
            }
            encoder.writeMapEnd();
        };
    }
}
