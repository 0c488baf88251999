package dev.rebound.cli;

/** An instance cannot be reached over HTTP, or refuses whoever asks. The message says what to do. */
final class UnreachableInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableInstanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
