package dev.rebound.classify;

/**
 * A row of the code table that cannot be used. Whoever writes rows refuses it; the processor keeps the row's previous
 * value, counts the bad one and shows it in its health.
 */
public final class InvalidRowException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidRowException(String field, String value, String expected) {
        super("status-codes " + field + ": " + value + " (expected: " + expected + ")");
    }
}
