package dev.rebound.serde;

/**
 * The schema registry does not answer, or answers that it cannot. Says nothing about the record at hand, which must be
 * read again later.
 */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
