package dev.rebound.suppress.imports;

/** A row that cannot or must not be imported; the message is the reason of a {@link BadRow}. */
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeBlock;

    private BadRowException(String message, boolean mayBeBlock) {
        // Without a stack trace: thrown per row, where the reason is all that matters.
        super(message, null, false, false);
        this.mayBeBlock = mayBeBlock;
    }

    /** For a row that cannot be read. */
    static BadRowException unreadable(String reason) {
        return new BadRowException(reason, false);
    }

    /** For a row that can be read, but is such as SendGrid's export of blocks holds. */
    static BadRowException likeBlock(String reason) {
        return new BadRowException(reason, true);
    }

    boolean mayBeBlock() {
        return mayBeBlock;
    }
}
