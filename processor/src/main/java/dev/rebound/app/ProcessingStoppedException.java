package dev.rebound.app;

/** The processor met a fault that does not pass by itself; the message says which, and what to do. */
public final class ProcessingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessingStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
