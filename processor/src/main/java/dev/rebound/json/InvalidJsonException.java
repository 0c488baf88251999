package dev.rebound.json;

/**
 * JSON that cannot be taken. The message names the field, what stood there and what was expected, and is meant for the
 * person who wrote the JSON. It never repeats text that may be an e-mail address, since messages end up in logs.
 */
public final class InvalidJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what was expected; free of addresses */
    public InvalidJsonException(String message) {
        // Without a stack trace: thrown per line for bad data, where the message is all that matters.
        super(message, null, false, false);
    }

    static InvalidJsonException at(String field, String found, String expected) {
        return new InvalidJsonException(field + ": " + found + " (expected: " + expected + ")");
    }
}
