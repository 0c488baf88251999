package dev.rebound.replay;

/**
 * How far a feeder is, beside its offsets.
 *
 * @param asOf latest arrival of what was gone through, in milliseconds since 1970; {@code Long.MIN_VALUE} before the first record
 * @param until latest arrival of an event among it
 * @param fed events that were brought into the replay
 * @param ended the mark of the end is written
 */
record FeederState(long asOf, long until, long fed, boolean ended) {

    static final FeederState BEGINNING = new FeederState(Long.MIN_VALUE, Long.MIN_VALUE, 0, false);

    FeederState withCommand(long arrival) {
        return new FeederState(Math.max(asOf, arrival), until, fed, ended);
    }

    FeederState withEvent(long arrival, boolean isFed) {
        return new FeederState(Math.max(asOf, arrival), Math.max(until, arrival), isFed ? fed + 1 : fed, ended);
    }

    /** Of an empty span it is the beginning of time. */
    FeederState atEnd() {
        return new FeederState(Math.max(0, asOf), Math.max(0, until), fed, true);
    }

    /** The one that is further. */
    FeederState latest(FeederState other) {
        return other.ended || other.fed > fed || other.fed == fed && other.asOf > asOf ? other : this;
    }

    /** The form that {@link #parse} reads. */
    String text() {
        return asOf + " " + until + " " + fed + " " + ended;
    }

    static FeederState parse(String text) {
        String[] parts = text.split(" ");
        return new FeederState(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Boolean.parseBoolean(parts[3]));
    }
}
