package dev.rebound.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Threads for requests that wait for something, such as other instances. The server's own threads stay free for what can be answered
 * at once: were they all to wait for each other's, two instances would never answer.
 */
final class WaitingRequests {

    private static final int IDLE_SECONDS = 10;

    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    /**
     * Threads, made as they are needed.
     *
     * @param name what they are for
     * @param threads so many requests are answered at a time
     * @param queued so many more wait; others are refused
     */
    WaitingRequests(String name, int threads, int queued) {
        AtomicInteger numbers = new AtomicInteger();
        this.places = new Semaphore(threads + queued);
        this.threads = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers a request on one of the threads; not at all when its connection is closed before there is one.
     *
     * @throws ProblemException when too many are being answered
     */
    void answer(Context context, Runnable handler) {
        if (!places.tryAcquire()) {
            context.header("Retry-After", "5");
            throw ProblemException.of(
                    ProblemType.BUSY, "as many requests of this kind are being answered as may be; try again later");
        }
        EndPoint connection =
                Request.getBaseRequest(context.req()).getHttpChannel().getEndPoint();
        context.future(() -> CompletableFuture.runAsync(
                        () -> {
                            if (connection.isOpen()) {
                                handler.run();
                            }
                        },
                        threads)
                .whenComplete((done, problem) -> places.release()));
    }
}
