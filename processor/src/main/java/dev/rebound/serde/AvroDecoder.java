package dev.rebound.serde;

import dev.rebound.serde.UndecodableException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads values of one type, whatever compatible schema they were written with. Not safe for use by several threads.
 *
 * @param <T> the generated class
 */
public final class AvroDecoder<T extends SpecificRecord> {

    private final WriterSchemas schemas;
    private final Schema readerSchema;
    private final Map<Integer, SpecificDatumReader<T>> readers = new HashMap<>();

    /** A decoder into the class that this schema was generated for. */
    public AvroDecoder(WriterSchemas schemas, Schema readerSchema) {
        this.schemas = schemas;
        this.readerSchema = readerSchema;
    }

    /**
     * Decodes a value.
     *
     * @param value framed Avro; null and empty are refused
     * @throws UndecodableException when the value cannot be read, now or later
     * @throws RegistryUnavailableException when the writer's schema could not be fetched; nothing is said about the value
     */
    public T decode(byte[] value) throws UndecodableException {
        int id = WireFormat.schemaId(value);
        SpecificDatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = new SpecificDatumReader<>(schemas.byId(id), readerSchema);
            readers.put(id, reader);
        }
        try {
            BytesDecoder bytes = new BytesDecoder(value, WireFormat.HEADER_BYTES);
            T decoded = reader.read(null, bytes);
            if (!bytes.isEnd()) {
                throw new UndecodableException(Reason.MALFORMED, "bytes are left over behind the record");
            }
            return decoded;
        } catch (AvroTypeException e) {
            throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, "schema " + id + ": " + e.getMessage());
        } catch (StackOverflowError e) {
            // A writer's schema may refer to itself, and then the bytes say how deep the reader goes.
            throw new UndecodableException(Reason.MALFORMED, "bytes nest too deep for schema " + id);
        } catch (IOException | RuntimeException e) {
            // Avro has no common exception for bytes that break their schema.
            throw new UndecodableException(Reason.MALFORMED, "bytes do not follow schema " + id + ": " + e);
        }
    }
}
