package dev.rebound.topology;

/** What time it is for suppressions: when they end, and up to when things have happened. Belongs to one task. */
interface SuppressionClock {

    /** No time: nothing has been read yet. */
    long UNKNOWN = Long.MIN_VALUE;

    /** An event of this time was read, in milliseconds since 1970. */
    void read(long eventTime);

    /**
     * The time, in milliseconds since 1970; {@link #UNKNOWN} when there is none yet.
     *
     * @param wallClock what the machine's clock says
     */
    long now(long wallClock);

    /** The machine's clock: for a processor that follows what happens. */
    static SuppressionClock wall() {
        return new SuppressionClock() {
            @Override
            public void read(long eventTime) {}

            @Override
            public long now(long wallClock) {
                return wallClock;
            }
        };
    }

    /** The latest time read so far: for a processor that goes over what has happened once more. */
    static SuppressionClock ofEvents() {
        return new SuppressionClock() {
            private long latest = UNKNOWN;

            @Override
            public void read(long eventTime) {
                latest = Math.max(latest, eventTime);
            }

            @Override
            public long now(long wallClock) {
                return latest;
            }
        };
    }
}
