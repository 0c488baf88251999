package dev.rebound.topology;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.suppress.Items;

/** What time it is for suppressions: when they end, and up to when things have happened. Belongs to one task. */
interface SuppressionClock {

    /** No time: nothing has been read yet. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Something of this time was read, in milliseconds since 1970. */
    void read(long time);

    /** An event was read that had reached its topic by then, in milliseconds since 1970. */
    void read(DeliveryEvent event, long arrival);

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
            public void read(long time) {}

            @Override
            public void read(DeliveryEvent event, long arrival) {}

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
            public void read(long time) {
                latest = Math.max(latest, time);
            }

            @Override
            public void read(DeliveryEvent event, long arrival) {
                read(Items.time(event, arrival));
            }

            @Override
            public long now(long wallClock) {
                return latest;
            }
        };
    }
}
