package dev.rebound.app;

/** The state directory is in use or cannot be written; the message names it and the remedy. */
public final class StateDirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
