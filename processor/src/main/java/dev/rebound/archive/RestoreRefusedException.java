package dev.rebound.archive;

/** Topic or registry are not such that an archive can be restored into them; the message says what is wrong, and what to do. */
public final class RestoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RestoreRefusedException(String message) {
        super(message);
    }
}
