package dev.rebound.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an instance when one of its stream threads dies: where the trouble may pass, another thread begins again
 * at the last commit, after a pause; where it does not, the instance stops, since it would die of the same again.
 */
final class ThreadFaults implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFaults.class);

    private final Backoff backoff;
    private final CountDownLatch stopping;
    private final Consumer<Throwable> onFatal;

    /**
     * @param backoff pauses before a thread is replaced
     * @param stopping released when the instance is told to stop: no thread is replaced from then on
     * @param onFatal gets what the instance stops for
     */
    ThreadFaults(Backoff backoff, CountDownLatch stopping, Consumer<Throwable> onFatal) {
        this.backoff = backoff;
        this.stopping = stopping;
        this.onFatal = onFatal;
    }

    /** Called on the thread that dies, which still holds its place in the group while this waits. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable problem) {
        if (!Trouble.mayPass(problem)) {
            LOG.error("The processor stops", problem);
            onFatal.accept(problem);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration pause = backoff.next();
        LOG.warn(
                "A stream thread stopped; another takes over in {} ms, at the last commit: {}",
                pause.toMillis(),
                problem.toString());
        return isStoppingAfter(pause)
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private boolean isStoppingAfter(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
