package dev.rebound.lookup;

/** Nothing can be looked up now; the same look-up can succeed later, unless it is {@link Why#TOO_MUCH}. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /** What would have to be different for the look-up to succeed. */
    public enum Why {
        /** This instance has to become ready. */
        NOT_READY,
        /** Another instance has to come back. */
        NOBODY_HOLDS,
        /** Less has to be asked for. */
        TOO_MUCH
    }

    private UnavailableException(String message, Why why) {
        super(message);
        this.why = why;
    }

    /** This instance does not know yet what is where. */
    static UnavailableException notReady(String state) {
        return new UnavailableException(
                "the instance cannot look anything up yet, its state is " + state + "; /health/ready says when it can",
                Why.NOT_READY);
    }

    /**
     * No instance answers for a partition.
     *
     * @param why what came of asking each of them; without addresses of recipients
     */
    static UnavailableException nobodyHolds(int partition, String why) {
        return new UnavailableException(
                "no instance can answer now for partition " + partition + " of the state (" + why + ")",
                Why.NOBODY_HOLDS);
    }

    /** An answer would take longer than anybody waits. */
    static UnavailableException tooMuch() {
        return new UnavailableException(
                "adding up all rows of the span takes too long; ask for a shorter span, or for whole days (UTC), which have"
                        + " the fewest rows",
                Why.TOO_MUCH);
    }

    /** An answer would take more memory than there is to spare. */
    static UnavailableException tooMany() {
        return new UnavailableException(
                "the span has more domains than fit into an answer; ask for a shorter span, or for one tenant",
                Why.TOO_MUCH);
    }

    /** What would have to be different. */
    public Why why() {
        return why;
    }

    /** Whether it is this instance that has to become ready, rather than another one that has to come back. */
    public boolean isNotReady() {
        return why == Why.NOT_READY;
    }
}
