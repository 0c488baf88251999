package dev.rebound.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Broker and schema registry on this machine, over one data directory. Stopping and starting again on the same directory
 * keeps topics, offsets and schemas.
 */
public final class LocalStack implements AutoCloseable {

    private final Consumer<String> progress;
    // Null until that part is started, for a close() after a start that failed.
    private DataDirectory directory;
    private EmbeddedBroker broker;
    private SchemaRegistry registry;

    private LocalStack(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Starts all parts and returns when they take requests. When the process is ended while this runs, the registry ends
     * with it.
     *
     * @param options what to start where
     * @param progress gets a line for people at each step, on the calling thread; without line feed
     * @param onFailure gets the problem, on a thread of its own, when a part stops after the start; the stack is then of no
     *     use and should be closed. May be called once for each part
     * @throws LocalStackException when a part cannot start; the others are stopped again
     */
    public static LocalStack start(
            LocalStackOptions options, Consumer<String> progress, Consumer<LocalStackException> onFailure)
            throws LocalStackException {
        LocalStack stack = new LocalStack(progress);
        boolean complete = false;
        try {
            stack.startParts(options, onFailure);
            complete = true;
            return stack;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("The local stack did not start", "it was interrupted", "Start it again.", e);
        } finally {
            if (!complete) {
                stack.close();
            }
        }
    }

    /** The registry's JVM takes longer to come up than the broker, and waits for it: it is launched first. */
    private void startParts(LocalStackOptions options, Consumer<LocalStackException> onFailure)
            throws LocalStackException, InterruptedException {
        long begin = System.nanoTime();
        // First of all: a second instance on the same data finds its ports taken too, but that is not what is wrong.
        directory = DataDirectory.open(options.dataDirectory());
        int brokerPort = ServicePort.BROKER.resolve(options.brokerPort());
        int registryPort = ServicePort.REGISTRY.resolve(options.registryPort());
        Path registryHome = RegistryHome.find();
        progress.accept("Data directory: " + directory.root());

        registry = SchemaRegistry.launch(
                registryHome,
                directory.registry(),
                directory.logs().resolve("registry.log"),
                registryPort,
                ServicePort.LOOPBACK + ":" + brokerPort);
        progress.accept("Starting the Kafka broker and the schema registry ...");
        broker = EmbeddedBroker.start(directory.broker(), brokerPort, onFailure);
        progress.accept("Kafka broker: " + broker.bootstrapServers() + " (after " + seconds(begin) + ")");
        registry.awaitReady(onFailure);
        progress.accept("Schema registry: " + registry.url() + " (after " + seconds(begin) + ")");
    }

    private static String seconds(long begin) {
        return String.format(
                Locale.ROOT,
                "%.1f s",
                Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }

    /** The broker's address for clients, as {@code host:port}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Address of the registry's Confluent interface, for {@code schema.registry.url}. */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    /** Where this stack keeps its data; open as long as the stack is. */
    public DataDirectory directory() {
        return directory;
    }

    /** For tests that end the registry from outside. */
    ProcessHandle registryProcess() {
        return registry.process();
    }

    /**
     * Stops the parts, each after those that need it and in bounded time (half a minute in all). Calling it again, from any
     * thread, waits for the first call and then does nothing.
     */
    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (directory != null) {
            directory.close();
        }
    }
}
