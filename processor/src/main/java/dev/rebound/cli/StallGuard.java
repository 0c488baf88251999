package dev.rebound.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the reading of an answer from which nothing comes any more. */
final class StallGuard extends FilterInputStream {

    private static final long NOT_READING = Long.MAX_VALUE;

    private final long most;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stall-guard");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long since = NOT_READING;
    private volatile boolean stalled;

    /**
     * Guards an answer.
     *
     * @param in can be closed while it is read
     * @param most how long nothing may come
     */
    StallGuard(InputStream in, Duration most) {
        super(in);
        this.most = most.toMillis();
        long pace = Math.max(1, this.most / 10);
        watch.scheduleWithFixedDelay(this::look, pace, pace, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (since != NOT_READING && now() - since > most) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // Who reads is told of the stall.
            }
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] some, int from, int length) throws IOException {
        since = now();
        try {
            int read = in.read(some, from, length);
            if (stalled) {
                throw stall(null);
            }
            return read;
        } catch (IOException e) {
            throw stalled ? stall(e) : e;
        } finally {
            since = NOT_READING;
        }
    }

    private IOException stall(IOException cause) {
        IOException problem = new HttpTimeoutException("nothing came for " + most / 1_000 + " s");
        problem.initCause(cause);
        return problem;
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        super.close();
    }
}
