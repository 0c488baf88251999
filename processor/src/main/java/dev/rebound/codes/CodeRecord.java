package dev.rebound.codes;

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
        if (!key.equals(CodesTopic.key(row))) {
            throw new UndecodableException(
                    UndecodableException.Reason.MALFORMED,
                    "the value is for " + CodesTopic.key(row) + " (expected: " + key + ")");
        }
        CodeTable.validate(row);
        return row;
    }
}
