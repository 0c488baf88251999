package dev.rebound.ingest;

import java.io.IOException;

/** A source that cannot be read, or not further; others can. The message is a sentence for people, without its name. */
final class UnreadableSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableSourceException(String message) {
        super(message);
    }

    UnreadableSourceException(String message, IOException cause) {
        super(message, cause);
    }
}
