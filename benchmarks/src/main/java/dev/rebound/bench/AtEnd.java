package dev.rebound.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be stopped and removed at the end, however it comes: the last one first. Also at Ctrl-C. */
final class AtEnd implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    AtEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-end"));
    }

    /** @return the part */
    synchronized <T extends AutoCloseable> T add(T part) {
        if (closed) {
            quietly(part);
            throw new IllegalStateException("the bench has been stopped");
        }
        parts.push(part);
        return part;
    }

    /** Whether the end has begun: what breaks from now on is of no interest. */
    synchronized boolean hasBegun() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            quietly(parts.pop());
        }
    }

    /** What is left over must not keep the rest from being stopped. */
    private static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("rebound bench: " + e);
        }
    }
}
