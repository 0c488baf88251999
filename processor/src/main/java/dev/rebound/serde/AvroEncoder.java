package dev.rebound.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes values of one type as Avro binary, without the frame. Not safe for use by several threads.
 *
 * @param <T> the generated class
 */
public final class AvroEncoder<T extends SpecificRecord> {

    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private BinaryEncoder reused;

    /** An encoder for the class that this schema was generated for. */
    public AvroEncoder(Schema schema) {
        this.writer = new SpecificDatumWriter<>(schema);
    }

    /** Avro binary of a value; null is refused with a {@link NullPointerException}. */
    public byte[] body(T value) {
        try {
            reused = EncoderFactory.get().binaryEncoder(out, reused);
            // In this order: taking the encoder up again flushes what a value that failed left in it.
            out.reset();
            writer.write(value, reused);
            reused.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail", e);
        }
    }

    /** The value framed for a topic whose schema has this id. */
    public byte[] framed(int schemaId, T value) {
        return WireFormat.frame(schemaId, body(value));
    }
}
