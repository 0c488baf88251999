package dev.rebound.app;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats what brokers or registry do not answer yet, until they do, time is up, or the instance is told to stop. */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final long deadline;
    private final CountDownLatch stopping;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, System::nanoTime);

    /**
     * @param atMost after this time, counted from now, no new attempt is made
     * @param stopping released when the instance is told to stop
     */
    Patience(Duration atMost, CountDownLatch stopping) {
        this.deadline = System.nanoTime() + atMost.toNanos();
        this.stopping = stopping;
    }

    /**
     * The result of an attempt that succeeds.
     *
     * @param what what is attempted, for the log: "to look up the topics"
     * @throws CancellationException when the instance is told to stop meanwhile
     * @throws RuntimeException what the attempt threw, when that does not pass by itself or time is up
     */
    <T> T until(String what, Supplier<T> attempt) {
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                if (stopping.getCount() == 0) {
                    throw stopped();
                }
                Duration pause = backoff.next();
                if (!Trouble.mayPass(e) || System.nanoTime() + pause.toNanos() - deadline >= 0) {
                    throw e;
                }
                LOG.warn("Not able {} yet, trying again in {} ms: {}", what, pause.toMillis(), e.getMessage());
                await(pause);
            }
        }
    }

    private void await(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private static CancellationException stopped() {
        return new CancellationException("stopped while starting");
    }
}
