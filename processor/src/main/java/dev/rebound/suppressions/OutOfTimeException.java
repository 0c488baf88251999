package dev.rebound.suppressions;

/** Work was stopped before anything was written: doing it again would come no further in the same time. */
public final class OutOfTimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("stopped before anything was written");
    }
}
