package dev.rebound.replay;

/** A replay that is not there, cannot be started so, or did not come to its end. The message says why and what to do. */
public final class ReplayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what, why, and the remedy */
    public ReplayException(String message) {
        super(message);
    }

    /** As above, with what it was caused by. */
    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
