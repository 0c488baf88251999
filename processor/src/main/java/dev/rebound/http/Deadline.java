package dev.rebound.http;

import dev.rebound.ingest.Progress;
import dev.rebound.suppressions.Watch;
import java.time.Duration;

/** When work of a request ends itself, before its connection is closed. */
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Some time from now. */
    static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** How long it is until then; zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Ends work then, and tells nobody how it goes on. */
    Watch watch() {
        return new Watch(Progress.none(), () -> left().isZero());
    }

    /**
     * Refuses a request whose work can never be done in time.
     *
     * @param command what does it without a limit
     */
    static ProblemException tooLong(String command) {
        return ProblemException.of(
                ProblemType.TOO_LONG,
                "the time was over before all was read, and nothing was written; sent again, the request would come no further:"
                        + " use the command " + command + ", which has no such limit");
    }
}
