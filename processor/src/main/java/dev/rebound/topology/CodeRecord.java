package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import dev.rebound.schema.StatusCode;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;

/** How a record of {@code status-codes} is read, by the processor and by commands alike. */
public final class CodeRecord {

    private CodeRecord() {}

    /**
     * The row that a record holds.
     *
     * @param key the record's key as text, {@code origin/id}
     * @throws UndecodableException when the value is no row, or one of another key
     * @throws dev.rebound.classify.InvalidRowException when the row cannot be used
     */
    public static StatusCode row(AvroDecoder<StatusCode> decoder, String key, byte[] value)
            throws UndecodableException {
        StatusCode row = decoder.decode(value);
        if (!key.equals(key(row))) {
            throw new UndecodableException(
                    UndecodableException.Reason.MALFORMED, "the value is for " + key(row) + " (expected: " + key + ")");
        }
        CodeTable.validate(row);
        return row;
    }

    /** The key of a row, {@code origin/id}. */
    public static String key(StatusCode row) {
        return row.getOrigin() + '/' + row.getId();
    }
}
