package dev.rebound.ingest;

import java.io.IOException;

/** Input that the user named and that cannot be read; found before anything is read. The message names it and the reason. */
public final class UnusableInputException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableInputException(String message) {
        super(message);
    }
}
