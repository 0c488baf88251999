package dev.rebound.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes values of one type as Avro binary, without the frame. Not safe for use by several threads.
 *
 * @param <T> the generated class
 */
public final class AvroEncoder<T extends SpecificRecord> {

    private final SpecificDatumWriter<T> writer;
    private final BinaryOutput out = new BinaryOutput();

    /** An encoder for the class that this schema was generated for. */
    public AvroEncoder(Schema schema) {
        this.writer = new SpecificDatumWriter<>(schema);
    }

    /** Avro binary of a value; null is refused with a {@link NullPointerException}. */
    public byte[] body(T value) {
        return behind(0, value);
    }

    /** The value framed for a topic whose schema has this id. */
    public byte[] framed(int schemaId, T value) {
        return WireFormat.writeHeader(schemaId, behind(WireFormat.HEADER_BYTES, value));
    }

    /** As {@link #body}, with so many bytes free in front of it. */
    private byte[] behind(int free, T value) {
        return out.bytesBehind(free, encoder -> writer.write(value, encoder));
    }
}
