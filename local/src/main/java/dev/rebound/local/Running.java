package dev.rebound.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that run, closed once, last started first, whoever asks for it: the end of the work or Ctrl-C. */
final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Takes over a part; when the end has come meanwhile, the part is closed at once. */
    <T extends AutoCloseable> T add(T part) {
        boolean late;
        synchronized (parts) {
            late = isStopping();
            if (!late) {
                parts.push(part);
            }
        }
        if (late) {
            close(part);
            throw new IllegalStateException("stopped while starting");
        }
        return part;
    }

    /** Something to do at the end, after the parts that are added later have been closed. */
    void atEnd(Runnable action) {
        add((AutoCloseable) action::run);
    }

    /** The end has come. */
    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Waits for the end, this long at most. */
    void awaitStop(Duration atMost) throws InterruptedException {
        stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        stopping.countDown();
        while (true) {
            AutoCloseable part;
            synchronized (parts) {
                part = parts.poll();
            }
            if (part == null) {
                return;
            }
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            Logger log = LoggerFactory.getLogger(Running.class);
            log.warn("Stopping {}", part.getClass().getSimpleName(), e);
        }
    }
}
