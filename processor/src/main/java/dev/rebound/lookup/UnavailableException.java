package dev.rebound.lookup;

/** Nothing can be looked up now; the same look-up can succeed later. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether this instance is at fault. */
    private final boolean notReady;

    private UnavailableException(String message, boolean notReady) {
        super(message);
        this.notReady = notReady;
    }

    /** This instance does not know yet what is where. */
    static UnavailableException notReady(String state) {
        return new UnavailableException(
                "the instance cannot look anything up yet, its state is " + state + "; /health/ready says when it can",
                true);
    }

    /**
     * No instance answers for a partition.
     *
     * @param why what came of asking each of them; without addresses of recipients
     */
    static UnavailableException nobodyHolds(int partition, String why) {
        return new UnavailableException(
                "no instance can answer now for partition " + partition + " of the state (" + why + ")", false);
    }

    /** An answer would take longer than anybody waits. */
    static UnavailableException tooMuch(long rows) {
        return new UnavailableException(
                "more than " + rows
                        + " rows would have to be added up, which takes too long; ask for a shorter span, or for whole"
                        + " days or hours",
                false);
    }

    /** Whether it is this instance that has to become ready, rather than another one that has to come back. */
    public boolean isNotReady() {
        return notReady;
    }
}
