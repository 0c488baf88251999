package dev.rebound.archive;

/** An archive cannot be read or continued; the message names the file or directory, what is wrong with it, and what to do. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
