package dev.rebound.check;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks what may never answer. Each question has a daemon thread, and nobody waits longer than the whole has time: looking up
 * a name, for one, can neither be given a time nor be interrupted.
 */
final class Answers implements AutoCloseable {

    private final long end;
    private final ExecutorService threads;

    Answers(Duration atMost) {
        this.end = System.nanoTime() + atMost.toNanos();
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "check-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> ask(Callable<T> question) {
        return threads.submit(question);
    }

    /**
     * The answer, if it comes within this time and before the end of all.
     *
     * @throws TimeoutException when it does not
     * @throws ExecutionException with what went wrong as its cause
     */
    <T> T within(Duration atMost, Future<T> answer) throws TimeoutException, ExecutionException, InterruptedException {
        long left = Math.max(0, Math.min(atMost.toNanos(), end - System.nanoTime()));
        return answer.get(left, TimeUnit.NANOSECONDS);
    }

    /** The answer, if it comes before the end of all. */
    <T> T inTime(Future<T> answer) throws TimeoutException, ExecutionException, InterruptedException {
        return within(Duration.ofDays(1), answer);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
