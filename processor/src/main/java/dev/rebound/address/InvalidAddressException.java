package dev.rebound.address;

/**
 * Text that is not an e-mail address. The message says what is wrong and never repeats the text: addresses are personal
 * data and messages end up in logs.
 */
public final class InvalidAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String message) {
        // Without a stack trace: thrown per record for bad data, where the reason is all that matters.
        super(message, null, false, false);
    }
}
