package dev.rebound.serde;

/** Bytes that are not a record of the expected kind. Bad data, never a fault of the surroundings: retrying cannot help. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the bytes. */
    public enum Reason {
        /** There is no value at all. */
        EMPTY_VALUE,
        /** Not Confluent's wire format. */
        NOT_WIRE_FORMAT,
        /** The registry does not know the schema id. */
        UNKNOWN_SCHEMA,
        /** The schema is not Avro, or not one that the reader's schema can be resolved against. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes do not follow their schema. */
        MALFORMED
    }

    /** Why; a value of the closed set. */
    private final Reason reason;

    /** Bytes that cannot be read, for this reason; the message has no personal data. */
    public UndecodableException(Reason reason, String message) {
        // Without a stack trace: thrown per record for bad data.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What is wrong, for counting and for dead letters. */
    public Reason reason() {
        return reason;
    }
}
