package dev.rebound.suppress.imports;

/**
 * A file that cannot or must not be imported; the message names the file, what was found and what was expected. It holds no
 * address.
 */
public final class InvalidImportException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidImportException(String message) {
        super(message);
    }
}
