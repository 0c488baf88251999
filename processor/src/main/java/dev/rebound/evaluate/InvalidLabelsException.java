package dev.rebound.evaluate;

/** A file of labelled replies cannot be used; the message names file, line and what was expected. */
public final class InvalidLabelsException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLabelsException(String message) {
        super(message);
    }
}
