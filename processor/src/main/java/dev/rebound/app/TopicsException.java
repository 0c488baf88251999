package dev.rebound.app;

/** Topics are missing or cannot be used as they are; the message names them and the command that mends it. */
public final class TopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicsException(String message) {
        super(message);
    }
}
