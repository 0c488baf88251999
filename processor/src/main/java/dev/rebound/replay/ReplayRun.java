package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.app.ReplayInstance;
import dev.rebound.app.TopicAdmin;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.schema.ReplayState;
import dev.rebound.topology.ReboundTopology;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a replay to its end, from wherever it is: makes its world, feeds it, runs an instance over it, and waits until all is processed.
 * Belongs to one thread.
 */
final class ReplayRun {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);
    private static final Duration SIGN_EVERY = Duration.ofSeconds(4);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration TELL_EVERY = Duration.ofSeconds(3);

    private final ReplayWorld world;
    private final Connections connections;
    private final ReplayDefinition definition;
    private final ReplayRecords records;
    private final BooleanSupplier stop;
    private final Consumer<ReplayStatus> watcher;
    private final Instant begun = now();
    private final String host = Workers.me();
    private long toldAt;
    private long processedBefore = -1;
    private long runningSince;
    private ReplayProgress last;
    private StopRequests stopRequests;

    /**
     * A run of a replay that is defined.
     *
     * @param stop asked often; once it says true the run ends, to be gone on with later
     * @param watcher told how far it is
     */
    ReplayRun(
            ReplayWorld world,
            Connections connections,
            ReplayDefinition definition,
            BooleanSupplier stop,
            Consumer<ReplayStatus> watcher) {
        this.world = world;
        this.connections = connections;
        this.definition = definition;
        this.records = new ReplayRecords(world.live(), connections, world.home());
        this.stop = stop;
        this.watcher = watcher;
    }

    /** How a run ended: at the replay's end, or because it was stopped. */
    ReplayStatus run() {
        Thread signs = new Thread(this::giveSigns, "signs-of-life");
        signs.setDaemon(true);
        try (this.records;
                StopRequests requests = new StopRequests(world.live(), world.home())) {
            stopRequests = requests;
            tell(ReplayState.PREPARING, 0, 0, 0, null, null);
            signs.start();
            return runTold();
        } finally {
            signs.interrupt();
        }
    }

    /** Some steps take long; others must not think that nobody works on it. */
    private void giveSigns() {
        try {
            while (true) {
                Thread.sleep(SIGN_EVERY.toMillis());
                giveSign();
            }
        } catch (InterruptedException e) {
            // The run is over.
        } catch (KafkaException e) {
            LOG.warn("Cannot tell that the replay is alive: {}", e.getMessage());
        }
    }

    private synchronized void giveSign() {
        if (last.getState() == ReplayState.PREPARING || last.getState() == ReplayState.RUNNING) {
            last = ReplayProgress.newBuilder(last).setAt(now()).build();
            records.write(last);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private ReplayStatus runTold() {
        try {
            new TopicAdmin(world.own()).create(connections.schemas());
            new TablesCopy(world, connections, definition).make();
            try (Feeder feeder = new Feeder(world, definition);
                    GroupLag lag = new GroupLag(world.live(), world.own().applicationId());
                    EventLog events = EventLogs.of(world.live(), definition)) {
                return run(feeder, lag, events);
            }
        } catch (RuntimeException e) {
            tellFailed(e);
            throw e;
        }
    }

    private ReplayStatus run(Feeder feeder, GroupLag lag, EventLog events) {
        LivePositions positions = definition.getAsLive() && !feeder.state().ended()
                ? LivePositions.read(world.live(), connections, definition)
                : null;
        EventLog commands = new TopicLog(
                world.live(), world.live().topics().suppressionCommands().name());
        if (!feeder.feedCommands(commands, connections, () -> goesOn(feeder, lag))) {
            return stopped(feeder, lag);
        }
        try (ReplayInstance instance =
                ReplayInstance.start(world.own(), ReplayPolicy.of(definition).policies(), definition.getAsLive())) {
            Feeder.Watch watch = () -> {
                instance.throwIfFailed();
                return goesOn(feeder, lag);
            };
            // People's decisions count whatever comes first; only what an erasure takes away is what came before it.
            boolean finished = drained(lag, commandTopics(), watch)
                    && feeder.feedEvents(events, connections, positions, watch)
                    && drained(lag, allTopics(), watch);
            if (!finished) {
                return stopped(feeder, lag);
            }
            return tell(
                    ReplayState.FINISHED,
                    feeder.read(),
                    feeder.state().fed(),
                    feeder.state().fed(),
                    Instant.ofEpochMilli(feeder.state().asOf()),
                    instance.fingerprint());
        }
    }

    private List<String> commandTopics() {
        return List.of(
                world.topics().suppressionCommands().name(),
                ReboundTopology.rekeyedCommands(world.own().applicationId()));
    }

    private List<String> allTopics() {
        return ReboundTopology.processed(world.topics(), world.own().applicationId());
    }

    private static boolean drained(GroupLag lag, List<String> topics, Feeder.Watch watch) {
        while (lag.of(topics) > 0) {
            if (!watch.goesOn()) {
                return false;
            }
            try {
                Thread.sleep(GLANCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private boolean goesOn(Feeder feeder, GroupLag lag) {
        long now = System.nanoTime();
        if (last == null || now - toldAt >= TELL_EVERY.toNanos()) {
            tellRunning(ReplayState.RUNNING, feeder, lag);
        }
        return !stop.getAsBoolean() && !stopRequests.haveCome();
    }

    private ReplayStatus stopped(Feeder feeder, GroupLag lag) {
        return tellRunning(ReplayState.STOPPED, feeder, lag);
    }

    private ReplayStatus tellRunning(ReplayState state, Feeder feeder, GroupLag lag) {
        long fed = feeder.state().fed();
        long waiting = lag.of(List.of(world.topics().deliveryEvents().name()));
        return tell(state, feeder.read(), fed, Math.max(0, fed - waiting), null, null);
    }

    private ReplayStatus tell(ReplayState state, long read, long fed, long done, Instant asOf, String fingerprint) {
        if (state == ReplayState.RUNNING && processedBefore < 0) {
            processedBefore = done;
            runningSince = System.nanoTime();
        }
        toldAt = System.nanoTime();
        double seconds = (toldAt - runningSince) / 1e9;
        return tell(ReplayProgress.newBuilder()
                .setState(state)
                .setAt(now())
                .setResumedAt(begun)
                .setTotal(definition.getSpan().stream()
                        .mapToLong(ReplayRun::length)
                        .sum())
                .setRead(read)
                .setFed(fed)
                .setProcessed(done)
                .setPerSecond(processedBefore < 0 || seconds <= 0 ? 0 : (done - processedBefore) / seconds)
                .setAsOf(asOf)
                .setFingerprint(fingerprint)
                .setHost(host)
                .build());
    }

    private static long length(ReplaySpan span) {
        return Math.max(0, span.getTo() - span.getFrom());
    }

    private synchronized ReplayStatus tell(ReplayProgress progress) {
        last = progress;
        records.write(progress);
        ReplayStatus status = ReplayStatus.of(new ReplayRecords.Content(definition, progress), progress.getAt());
        watcher.accept(status);
        return status;
    }

    private void tellFailed(RuntimeException problem) {
        if (last == null) {
            return;
        }
        try {
            tell(ReplayProgress.newBuilder(last)
                    .setState(ReplayState.FAILED)
                    .setAt(now())
                    .setProblem(String.valueOf(problem.getMessage()))
                    .build());
        } catch (RuntimeException e) {
            // The first problem is what has to be told; brokers that are away are most likely it.
            problem.addSuppressed(e);
        }
    }
}
