package dev.rebound.serde;

/** The registry is away or refuses; the message names it, says why, and what to do. */
public final class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
