package dev.rebound.suppress;

/** A command that cannot be carried out. The message names the field and what was expected, and holds no address. */
public final class InvalidCommandException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidCommandException(String message) {
        super(message, null, false, false);
    }
}
