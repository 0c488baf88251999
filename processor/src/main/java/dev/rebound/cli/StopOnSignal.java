package dev.rebound.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Turns Ctrl-C and SIGTERM into a request to stop, and holds the process until the work has stopped. */
final class StopOnSignal implements BooleanSupplier {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::requestAndWait, "stop");
    private volatile boolean requested;

    StopOnSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    private void requestAndWait() {
        requested = true;
        try {
            finished.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has stopped: a process that is ending may end now. */
    void done() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending at this very moment; the hook finds the work finished.
                return;
            }
        }
    }
}
