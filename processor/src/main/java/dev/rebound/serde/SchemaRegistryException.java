package dev.rebound.serde;

/** The registry is away or refuses; the message names it, says why, and what to do. */
public final class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Who can help. */
    public enum Kind {
        /** It does not answer, or cannot at the moment: time may help. */
        AWAY,
        /** It does not let this client in: other credentials or certificates help. */
        REFUSES,
        /** It lacks a schema, or does not accept one: registering, or another schema, helps. */
        SCHEMA
    }

    SchemaRegistryException(String message, Kind kind, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Who can help. */
    public Kind kind() {
        return kind;
    }
}
