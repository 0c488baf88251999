package dev.rebound.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker with its controller in this JVM (KRaft, one node), on loopback only. Its topics outlive it on disk. */
final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** Written last when a directory is formatted, so that its absence means that formatting has to be done (again). */
    private static final String FORMATTED_MARK = "meta.properties";

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    /** A broker whose disk has failed cannot save anything by being given more time. */
    private static final Duration LONGEST_CLOSE_AFTER_FAILURE = Duration.ofSeconds(3);

    private final Path directory;
    private final int port;
    private final BrokerExtras extras;
    private final ThreadGroup threads;
    private final Consumer<LocalStackException> onFailure;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile KafkaRaftServer server;
    private volatile boolean started;

    private EmbeddedBroker(Path directory, int port, BrokerExtras extras, Consumer<LocalStackException> onFailure) {
        this.directory = directory;
        this.port = port;
        this.extras = extras;
        this.threads = new ThreadGroup("broker-" + port);
        this.onFailure = onFailure;
    }

    /**
     * Starts a broker and returns when it takes requests. A new directory is formatted first.
     *
     * @param directory existing directory that holds nothing else
     * @param port free port on loopback
     * @param onFailure called at most once, on a thread of its own, when the broker gives up after it had started; the
     *     callee should close it
     * @throws LocalStackException when it cannot start; nothing is left running
     * @throws InterruptedException when the waiting thread is interrupted; nothing is left running
     */
    static EmbeddedBroker start(Path directory, int port, Consumer<LocalStackException> onFailure)
            throws LocalStackException, InterruptedException {
        return start(directory, port, BrokerExtras.NONE, onFailure);
    }

    /** As {@link #start(Path, int, Consumer)}, with listeners and settings beyond those of the local stack. */
    static EmbeddedBroker start(Path directory, int port, BrokerExtras extras, Consumer<LocalStackException> onFailure)
            throws LocalStackException, InterruptedException {
        EmbeddedBroker broker = new EmbeddedBroker(directory, port, extras, onFailure);
        try {
            format(directory, extras);
            broker.startUp();
            return broker;
        } catch (ExecutionException e) {
            broker.close();
            throw notStarted(directory, e.getCause());
        } catch (InterruptedException e) {
            broker.close();
            throw e;
        } catch (Exception e) {
            broker.close();
            throw notStarted(directory, e);
        }
    }

    private static LocalStackException notStarted(Path directory, Throwable cause) {
        return new LocalStackException(
                "The Kafka broker cannot start on " + directory,
                cause.getMessage() == null ? cause.toString() : cause.getMessage(),
                "If the directory was damaged or written by a newer version, move the data away and start again.",
                cause);
    }

    private static void format(Path directory, BrokerExtras extras) throws Exception {
        if (Files.exists(directory.resolve(FORMATTED_MARK))) {
            return;
        }
        ByteArrayOutputStream chatter = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(chatter, true, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setScramArguments(extras.scramUsers())
                .run();
        LOG.info("{}", chatter.toString(StandardCharsets.UTF_8).strip());
    }

    /** On a thread of the broker's own group, which all its threads then belong to, see {@link KafkaExit}. */
    private void startUp() throws IOException, ExecutionException, InterruptedException {
        int controllerPort = ServicePort.free();
        KafkaExit.register(threads, this::gaveUp);
        FutureTask<Void> start = new FutureTask<>(() -> {
            server = new KafkaRaftServer(
                    new KafkaConfig(extras.addTo(BrokerSettings.of(directory, port, controllerPort))), Time.SYSTEM);
            server.startup();
            return null;
        });
        new Thread(threads, start, "broker-start").start();
        start.get();
        started = true;
        if (failed.get()) {
            throw new IOException("it gave up while starting; " + space());
        }
    }

    /** Where clients connect, as {@code host:port}. */
    String bootstrapServers() {
        return ServicePort.LOOPBACK + ":" + port;
    }

    private void gaveUp(int status) {
        if (!failed.compareAndSet(false, true) || !started || closed.get()) {
            return;
        }
        LocalStackException problem = new LocalStackException(
                "The Kafka broker has stopped",
                "it cannot use its directory " + directory + " any more, or met a fault (exit status " + status + "); "
                        + space(),
                "Make sure that the disk has space and is in order, then start again; what was committed is kept.",
                null);
        Thread caller = new Thread(() -> onFailure.accept(problem), "broker-failure");
        caller.setDaemon(true);
        caller.start();
    }

    private String space() {
        try {
            return DataDirectory.megabytes(Files.getFileStore(directory).getUsableSpace()) + " are free there";
        } catch (IOException e) {
            return "its free space cannot be read";
        }
    }

    /** Stops the broker, in bounded time. Calling it again does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration patience = failed.get() ? LONGEST_CLOSE_AFTER_FAILURE : LONGEST_CLOSE;
        Thread stopper = new Thread(threads, this::shutDown, "broker-shutdown");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            // Still registered with KafkaExit: what it does from now on must not end the process either.
            LOG.warn("The Kafka broker did not stop in time; its log will be recovered at the next start");
        } else {
            KafkaExit.unregister(threads);
        }
    }

    private void shutDown() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
        }
    }
}
