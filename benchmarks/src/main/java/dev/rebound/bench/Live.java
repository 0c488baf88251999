package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The shipped topology in a process of its own, and a stream that gets its events while it runs. */
final class Live implements AutoCloseable {

    /** So many events may wait to be processed when as many as possible are sent. */
    private static final long MOST_WAITING = 200_000;

    private static final Duration GLANCE = Duration.ofMillis(50);

    /** Of events that are sent without a pace; their own time passes at about that of the real ones. */
    private static final int DENSITY = 10_000;

    private final EventStream stream;
    private final WorkerProcess worker;
    private final Sender sender;
    private final Drain drain;
    private final String application;
    private final String stateDirectory;
    private long seed;

    private Live(EventStream stream, WorkerProcess worker, Drain drain, String application, String stateDirectory) {
        this.stream = stream;
        this.worker = worker;
        this.sender = new Sender(stream);
        this.drain = drain;
        this.application = application;
        this.stateDirectory = stateDirectory;
    }

    /**
     * Makes topics, and starts the process; returns when it takes events.
     *
     * @param name of the process, and the beginning of its topics' names
     * @param shape of the stream; how many events it says does not matter
     * @param more keys of its configuration
     */
    static Live start(AtEnd end, Cluster cluster, String name, Shape shape, Map<String, String> more) throws Exception {
        EventStream stream = end.add(EventStream.produce(cluster, name + '.', shape.withEvents(0)));
        // Internal topics begin with it, and so are deleted with the stream's.
        String application = name + ".app";
        Path state = cluster.path("state").resolve(application);
        Map<String, String> keys = stream.keys(application, state);
        keys.putAll(more);
        WorkerProcess worker =
                end.add(WorkerProcess.start(WorkerProcess.Program.live(), name, "live", keys, cluster.path("workers")));
        worker.answer(Status.class);
        Drain drain = end.add(new Drain(new ReboundConfig(keys), worker::failure));
        return end.add(new Live(stream, worker, drain, application, state.toString()));
    }

    EventStream stream() {
        return stream;
    }

    Sender sender() {
        return sender;
    }

    /** The group that processes the events. */
    String application() {
        return application;
    }

    /** Where the process keeps its state. */
    String stateDirectory() {
        return stateDirectory;
    }

    /** How the process is. */
    Status ask(boolean collect) throws IOException, InterruptedException {
        worker.order(new Ask(collect));
        return worker.answer(Status.class);
    }

    /** How many events are processed and committed. */
    long committed() throws Exception {
        IOException problem = worker.failure();
        if (problem != null) {
            throw problem;
        }
        return drain.committed();
    }

    /** Waits until all that was sent is processed. */
    void settle() throws Exception {
        drain.awaitCommitted(sender.sent());
    }

    /** Events that happen from now on, others each time. */
    Supplier<DeliveryEvent> events(double eventsPerSecond) {
        return Mail.fromNow(stream.shape(), ++seed, eventsPerSecond);
    }

    /**
     * How many events a second it processes when there are always some to be processed, while they are being made and sent on the same
     * machine. Returns when all are processed.
     *
     * @param warmUp how long before it counts
     * @param counted how long it counts
     */
    double fullRate(Duration warmUp, Duration counted) throws Exception {
        long begin = System.nanoTime();
        long countedFrom = begin + warmUp.toNanos();
        long end = countedFrom + counted.toNanos();
        Progressed progressed = new Progressed(committed(), countedFrom);
        CompletableFuture<Void> sending = inBackground(() -> sender.send(events(DENSITY), () -> {
            while (sender.sent() - progressed.committed > MOST_WAITING && end - System.nanoTime() > 0) {
                pause();
            }
            return end - System.nanoTime() > 0;
        }));
        while (!sending.isDone()) {
            progressed.at(committed(), System.nanoTime());
            pause();
        }
        sending.get();
        settle();
        return progressed.eventsPerSecond();
    }

    /** Commits come in steps: it counts from one to another. */
    private static final class Progressed {

        private final long countedFrom;
        private volatile long committed;
        private long firstAt;
        private long first = -1;
        private long lastAt;

        Progressed(long committed, long countedFrom) {
            this.committed = committed;
            this.countedFrom = countedFrom;
        }

        void at(long now, long time) {
            if (now == committed) {
                return;
            }
            committed = now;
            lastAt = time;
            if (first < 0 && time - countedFrom >= 0) {
                first = now;
                firstAt = time;
            }
        }

        double eventsPerSecond() {
            if (first < 0 || committed == first) {
                throw new IllegalStateException("nothing was committed twice in the time that counts: it is too short");
            }
            return (committed - first) * 1e9 / (lastAt - firstAt);
        }
    }

    /** Something that may break. */
    interface Work {

        void run() throws Exception;
    }

    /** Does something in a thread of its own. */
    static CompletableFuture<Void> inBackground(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                "sender");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void say(String format, Object... values) {
        System.err.printf(Locale.ROOT, format + "%n", values);
    }

    /** Ends the process, and deletes its topics and its state. */
    void discard() throws Exception {
        sender.close();
        worker.close();
        stream.delete();
        Cluster.delete(Path.of(stateDirectory));
    }

    @Override
    public void close() {
        sender.close();
    }
}
