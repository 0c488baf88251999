package dev.rebound.compare;

import dev.rebound.suppressions.Watch;
import java.util.concurrent.CancellationException;

/** How far a comparison is, for whoever watches it: phases that count alike, in each of which the share of records is known. */
final class Meter {

    private final Watch watch;
    private final int phases;
    private int phase = -1;
    private long all;
    private long done;
    private long records;
    private long differences;

    Meter(Watch watch, int phases) {
        this.watch = watch;
        this.phases = phases;
    }

    /** The next phase begins. */
    void next() {
        phase++;
        all = 0;
        done = 0;
    }

    /** So many offsets more are to be read in this phase. */
    void expect(long offsets) {
        all += offsets;
    }

    /**
     * Reading has gone on.
     *
     * @throws CancellationException when it is to stop
     */
    void advance(long offsets, long read) {
        done += offsets;
        records += read;
        check();
    }

    /** @throws CancellationException when it is to stop */
    void check() {
        if (watch.stop().getAsBoolean()) {
            throw new CancellationException("the comparison was stopped before its end");
        }
        double share = (Math.max(0, phase) + (all == 0 ? 0 : Math.min(1, (double) done / all))) / phases;
        watch.progress().advanced(records, differences, share);
    }

    /** Another difference was found. */
    void differs() {
        differences++;
    }

    /** Something could not be read; free of addresses. */
    void problem(String message) {
        watch.progress().problem(message);
    }
}
