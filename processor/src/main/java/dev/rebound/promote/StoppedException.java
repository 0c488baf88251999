package dev.rebound.promote;

import java.io.Serial;

/** Whoever watches has ended the work; nothing is left half done but what the log says is. */
final class StoppedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped", null, false, false);
    }
}
