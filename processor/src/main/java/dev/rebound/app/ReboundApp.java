package dev.rebound.app;

import dev.rebound.classify.CodeTable;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.http.ClassifyRoutes;
import dev.rebound.http.CodesRoutes;
import dev.rebound.http.DashboardRoutes;
import dev.rebound.http.Health;
import dev.rebound.http.HealthRoutes;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.LiveRoute;
import dev.rebound.http.OpenApiRoute;
import dev.rebound.http.ReplayRoutes;
import dev.rebound.http.Route;
import dev.rebound.http.StatisticsRoutes;
import dev.rebound.http.SuppressionCommandRoutes;
import dev.rebound.http.SuppressionRoutes;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.RunningStreams;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.metrics.Metrics;
import dev.rebound.suppressions.SuppressionChanges;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.SuppressionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the processor: waits for its cluster, checks its topics, loads the shipped codes, runs the topology and
 * answers for its health all the while.
 */
public final class ReboundApp implements AutoCloseable, Health {

    private static final Logger LOG = LoggerFactory.getLogger(ReboundApp.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ReboundConfig config;
    private final StateDirectory stateDirectory;
    private final Connections connections;
    private final LiveCodeTable codeTable;
    private final SuppressionChanges suppressionChanges;
    private final SuppressionSettings suppression;
    private final StatisticsLookups statistics;
    private final SuppressionLookups suppressions;
    private final InstanceReplays replays;
    private final Metrics metrics;
    private final HttpServer http;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);
    private final AtomicReference<ProcessingStoppedException> failure = new AtomicReference<>();
    private final FutureTask<Boolean> stop = new FutureTask<>(this::stopParts);
    private volatile KafkaStreams streams;
    private volatile RunningStreams lookedUpIn;
    private volatile TopicWatch topicWatch;

    /**
     * An instance that has its state directory and its port; nothing is asked of the cluster yet.
     *
     * @throws StateDirectoryException when the state directory is in use or cannot be written
     */
    public ReboundApp(ReboundConfig config) {
        this.config = config;
        this.suppression = config.suppression();
        PeerSettings peers = peers(config.http());
        this.statistics = new StatisticsLookups(() -> lookedUpIn, peers, config.statistics(), Clock.systemUTC());
        this.suppressions = new SuppressionLookups(() -> lookedUpIn, peers, suppression, Clock.systemUTC());
        this.stateDirectory = StateDirectory.open(config.stateDirectory(), config.applicationId());
        this.replays = new InstanceReplays(config);
        Connections opened = null;
        Metrics measured = null;
        try {
            opened = new Connections(config, config.registryWait());
            // Kafka Streams cannot replace its global thread, which reads the code table.
            this.codeTable = new LiveCodeTable(opened.patientWriterSchemas());
            this.connections = opened;
            this.suppressionChanges = SuppressionChanges.of(config, opened.writerSchemas(), opened.schemas());
            measured = new Metrics(Clock.systemUTC(), List.of(config.topics().prefix(), config.applicationId()));
            this.metrics = measured;
            metrics.watch(this);
            metrics.watchRegistryWaits(opened::registryWaits);
            metrics.watch(statistics, config.topSubjects());
            HttpSettings settings = config.http();
            List<Route> routes = routes(
                    this,
                    measured,
                    codeTable::current,
                    statistics,
                    suppressions,
                    suppressionChanges,
                    ReplayRoutes.of(
                            replays,
                            replays.differences(),
                            replays.promotions(),
                            settings.limits().request()),
                    settings.limits().request());
            this.http = HttpServer.start(settings, routes);
        } catch (RuntimeException | Error e) {
            if (measured != null) {
                measured.close();
            }
            replays.close();
            if (opened != null) {
                opened.close();
            }
            stateDirectory.close();
            throw e;
        }
    }

    private static PeerSettings peers(HttpSettings settings) {
        return new PeerSettings(
                settings.scheme(), settings.token(), settings.limits().bodyBytes());
    }

    /**
     * All that an instance answers to over HTTP.
     *
     * @param replays those for replays
     * @param request how long a request may take
     */
    static List<Route> routes(
            Health health,
            Metrics metrics,
            Supplier<CodeTable> codes,
            StatisticsLookups statistics,
            SuppressionLookups suppressions,
            SuppressionChanges changes,
            List<Route> replays,
            Duration request) {
        List<Route> routes = new ArrayList<>(HealthRoutes.of(health));
        routes.add(metrics.route());
        routes.addAll(ClassifyRoutes.of(codes));
        routes.addAll(CodesRoutes.of(codes, Clock.systemUTC()));
        routes.addAll(StatisticsRoutes.of(statistics, () -> codes.get().providerNames(Instant.now())));
        routes.add(LiveRoute.of(statistics));
        routes.addAll(SuppressionRoutes.of(suppressions));
        routes.addAll(SuppressionCommandRoutes.of(changes, request));
        routes.addAll(replays);
        routes.add(OpenApiRoute.of());
        routes.addAll(DashboardRoutes.of());
        return routes;
    }

    /** An instance that is started; what it holds is given back when it cannot be. See {@link #start()}. */
    public static ReboundApp start(ReboundConfig config) {
        ReboundApp app = new ReboundApp(config);
        try {
            app.start();
            return app;
        } catch (RuntimeException | Error e) {
            app.close();
            throw e;
        }
    }

    /**
     * Starts processing, which goes on once {@link #isReady()}. Waits for brokers and registry as configured.
     *
     * @throws TopicsException when topics are missing or wrong
     * @throws dev.rebound.serde.SchemaRegistryException when the registry stayed away, or lacks a schema
     * @throws org.apache.kafka.common.KafkaException when the brokers stayed away or refuse
     * @throws CancellationException when {@link #close()} was called meanwhile
     */
    public void start() {
        Patience patience = new Patience(config.startWait(), stopping);
        TopicAdmin topics = new TopicAdmin(config);
        int partitions = patience.until("to look up the topics", topics::checkedPartitions);
        CodesTopic codes = new CodesTopic(config, connections.writerSchemas(), connections.schemas());
        int loaded = patience.until("to load the shipped codes", codes::loadShipped);
        LOG.info(
                "Loaded {} shipped rows into {}",
                loaded,
                config.topics().statusCodes().name());
        Properties properties = config.streams(stateDirectory.instanceId(), http.port());
        ReboundTopology.Settings settings =
                new ReboundTopology.Settings(config.topics(), partitions, config.statistics(), suppression);
        ReboundTopology shape = new ReboundTopology(
                settings, connections.writerSchemas(), connections.schemas(), codeTable, metrics.observer());
        Topology topology = patience.until("to look up the schemas", () -> shape.build(properties));
        KafkaStreams ready = patience.until("to connect", () -> new KafkaStreams(topology, properties));
        String address = properties.getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG);
        if (address == null) {
            LOG.info(
                    "Other instances cannot ask this one for suppressions; set application.server to its host and port");
        }
        lookedUpIn = new RunningStreams(ready, partitions, address);
        run(ready);
        topicWatch = new TopicWatch(partitions, topics::checkedPartitions, config.topicsCheck(), this::fail);
    }

    private void run(KafkaStreams ready) {
        ThreadFaults faults =
                new ThreadFaults(new Backoff(FIRST_PAUSE, LONGEST_PAUSE, System::nanoTime), stopping, this::fail);
        AtomicReference<Throwable> last = new AtomicReference<>();
        ready.setUncaughtExceptionHandler(problem -> {
            last.set(problem);
            return counted(faults.handle(problem));
        });
        ready.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                // The thread that reads the code table cannot be replaced, whatever it died of.
                fail(new IllegalStateException("Kafka Streams gave up", last.get()));
            }
        });
        metrics.watch(ready);
        streams = ready;
        try {
            if (stopping.getCount() > 0) {
                // Returns when the code table is loaded.
                ready.start();
            }
        } catch (RuntimeException e) {
            fail(e);
            throw failure.get() == null ? stoppedWhileStarting() : failure.get();
        }
        if (stopping.getCount() == 0) {
            ready.close(Duration.ZERO);
            throw stoppedWhileStarting();
        }
    }

    private StreamThreadExceptionResponse counted(StreamThreadExceptionResponse response) {
        if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
            metrics.threadReplaced();
        }
        return response;
    }

    private static CancellationException stoppedWhileStarting() {
        return new CancellationException("stopped while starting");
    }

    @Override
    public boolean isLive() {
        return failure.get() == null;
    }

    @Override
    public boolean isRunning() {
        KafkaStreams running = streams;
        return running != null && running.state() == KafkaStreams.State.RUNNING;
    }

    /** State of the underlying client in Kafka Streams' words, or that it waits for brokers and registry. */
    @Override
    public String state() {
        KafkaStreams running = streams;
        return running == null ? WAITING_FOR_CLUSTER : running.state().name();
    }

    @Override
    public LiveCodeTable codeTable() {
        return codeTable;
    }

    /** Looks up suppressions, of the whole cluster; throws while the instance starts. */
    public SuppressionLookups suppressions() {
        return suppressions;
    }

    /** Port that the HTTP server listens on. */
    public int httpPort() {
        return http.port();
    }

    /** Waits until the instance has failed for good; true when it has. */
    public boolean awaitFailure(Duration atMost) throws InterruptedException {
        return failed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the instance failed; null while it has not. */
    public ProcessingStoppedException failure() {
        return failure.get();
    }

    private void fail(Throwable problem) {
        if (stopping.getCount() > 0 && failure.compareAndSet(null, StopReason.of(problem, config.stateDirectory()))) {
            failed.countDown();
        }
    }

    /** As {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Stops within the configured time: what is processed is committed, the rest is left for the next start. Calling it
     * again, from any thread, waits for the first call.
     *
     * @return whether it stopped in time; if not, what was not committed is done again by the next start
     */
    public boolean stop() {
        stopping.countDown();
        connections.stopWaiting();
        // On a thread of its own, because Kafka Streams cannot be closed while it is still being started.
        Thread stopper = new Thread(stop, "stop-parts");
        stopper.setDaemon(true);
        stopper.start();
        try {
            return stop.get(config.stopTimeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The processor did not stop within {}", config.stopTimeout());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            LOG.warn("The processor did not stop in order", e.getCause());
            return false;
        }
    }

    private boolean stopParts() {
        KafkaStreams running = streams;
        TopicWatch watch = topicWatch;
        if (watch != null) {
            watch.close();
        }
        boolean inTime = false;
        try {
            inTime = running == null || running.close(closing());
        } finally {
            http.close();
            replays.close();
            suppressionChanges.close();
            suppressions.close();
            statistics.close();
            metrics.close();
            connections.close();
            if (inTime) {
                stateDirectory.close();
            }
        }
        return inTime;
    }

    private CloseOptions closing() {
        return CloseOptions.timeout(config.stopTimeout())
                .withGroupMembershipOperation(
                        config.leavesGroupAtStop()
                                ? GroupMembershipOperation.LEAVE_GROUP
                                : GroupMembershipOperation.REMAIN_IN_GROUP);
    }
}
