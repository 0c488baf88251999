package dev.rebound.app;

import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.ReboundTopology;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the processor: checks its topics, loads the shipped codes, runs the topology and answers for its health.
 */
public final class ReboundApp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReboundApp.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Connections connections;
    private final LiveCodeTable codeTable;
    private final KafkaStreams streams;
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile Throwable failure;
    private HealthServer health;

    private ReboundApp(Connections connections, LiveCodeTable codeTable, Topology topology, Properties properties) {
        this.connections = connections;
        this.codeTable = codeTable;
        this.streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(this::afterUncaught);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                fail(new IllegalStateException("Kafka Streams has stopped; the log says why"));
            }
        });
    }

    /**
     * Starts an instance. It processes once {@link #isRunning()}.
     *
     * @throws TopicsException when topics are missing or wrong
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away or lacks a schema
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public static ReboundApp start(ReboundConfig config) {
        int partitions = new TopicAdmin(config).checkedPartitions();
        Connections connections = new Connections(config, config.registryWait());
        try {
            int loaded = new CodesTopic(config, connections.writerSchemas(), connections.schemas()).loadShipped();
            LOG.info(
                    "Loaded {} shipped rows into {}",
                    loaded,
                    config.topics().statusCodes().name());
            // Kafka Streams cannot replace its global thread, which reads the code table.
            LiveCodeTable codeTable = new LiveCodeTable(connections.patientWriterSchemas());
            Properties properties = config.streams(InstanceId.in(config.stateDirectory()));
            Topology topology = new ReboundTopology(
                            new ReboundTopology.Settings(
                                    config.topics(), partitions, config.statsFlush(), config.statsLayAwayAfter()),
                            connections.writerSchemas(),
                            connections.schemas(),
                            codeTable)
                    .build(properties);
            ReboundApp app = new ReboundApp(connections, codeTable, topology, properties);
            app.startServing(config);
            return app;
        } catch (RuntimeException | Error e) {
            connections.close();
            throw e;
        }
    }

    private void startServing(ReboundConfig config) {
        try {
            health = HealthServer.start(config.httpHost(), config.httpPort(), this);
            streams.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** All state is restored and events are being processed. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** State of the underlying client, in Kafka Streams' words. */
    public String state() {
        return streams.state().name();
    }

    /** The code table as this instance sees it. */
    public LiveCodeTable codeTable() {
        return codeTable;
    }

    /** Port that the HTTP server listens on. */
    public int httpPort() {
        return health.port();
    }

    /** Waits until the instance has failed for good; true when it has. */
    public boolean awaitFailure(Duration atMost) throws InterruptedException {
        return failed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the instance failed; null while it has not. */
    public Throwable failure() {
        return failure;
    }

    private StreamThreadExceptionResponse afterUncaught(Throwable problem) {
        if (isTransient(problem)) {
            LOG.warn("A stream thread stopped and is replaced: {}", problem.toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("The processor stops", problem);
        fail(problem);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized void fail(Throwable problem) {
        if (failure == null) {
            failure = problem;
            failed.countDown();
        }
    }

    private static boolean isTransient(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException || cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    /** Stops within half a minute: what is processed is committed, the rest is left for the next start. */
    @Override
    public void close() {
        connections.stopWaiting();
        if (!streams.close(STOP_TIMEOUT)) {
            LOG.warn("The processor did not stop within {}", STOP_TIMEOUT);
        }
        if (health != null) {
            health.close();
        }
        connections.close();
    }
}
