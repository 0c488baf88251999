package dev.rebound.http;

import dev.rebound.ingest.Progress;
import dev.rebound.suppressions.Watch;
import java.time.Duration;

/** Work of a request that ends itself before its connection is closed. */
final class Deadline {

    private Deadline() {}

    /** Tells nobody how the work goes on, and ends it after a time from now. */
    static Watch after(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return new Watch(Progress.none(), () -> System.nanoTime() - end > 0);
    }
}
