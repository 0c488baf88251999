package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.app.ReplayInstance;
import dev.rebound.app.TopicAdmin;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.schema.ReplayState;
import dev.rebound.serde.SchemaRegistryException;
import dev.rebound.topology.ReboundTopology;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
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

    /**
     * How a run ended: at the replay's end, or because it was stopped.
     *
     * @throws ReplayException when it cannot go on, or another process has taken over
     * @throws dev.rebound.app.StateDirectoryException when another process on this machine works on it
     */
    ReplayStatus run() {
        Thread signs = new Thread(this::giveSigns, "signs-of-life");
        signs.setDaemon(true);
        // Before anything is told or fed: who finds another process at work here must not disturb it.
        try (ReplayInstance instance = ReplayInstance.claim(world.own());
                this.records;
                StopRequests requests = new StopRequests(world.live(), world.home())) {
            stopRequests = requests;
            Optional<ReplayProgress> before = Optional.ofNullable(records.read().progress());
            long fed = before.map(ReplayProgress::getFed).orElse(0L);
            long done = before.map(ReplayProgress::getProcessed).orElse(0L);
            tell(progress(
                            ReplayState.PREPARING,
                            before.map(ReplayProgress::getRead).orElse(0L),
                            fed,
                            done)
                    .build());
            signs.start();
            try {
                return end(instance, fed > 0, done > 0);
            } finally {
                signs.interrupt();
                signs.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while replay " + world.name() + " was running", e);
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
        }
    }

    private synchronized void giveSign() {
        if (last.getState() == ReplayState.PREPARING || last.getState() == ReplayState.RUNNING) {
            last = ReplayProgress.newBuilder(last).setAt(now()).build();
            try {
                records.write(last);
            } catch (KafkaException | SchemaRegistryException e) {
                LOG.warn("Cannot tell that the replay is alive: {}", e.getMessage());
            }
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * @param wasFed events were fed by an earlier run
     * @param wasProcessed events were processed in an earlier run
     */
    private ReplayStatus end(ReplayInstance instance, boolean wasFed, boolean wasProcessed) {
        try (GroupLag lag = new GroupLag(world.live(), world.own().applicationId())) {
            refuseForgotten(lag, wasFed, wasProcessed);
            new TopicAdmin(world.own()).create(connections.schemas());
            new TablesCopy(world, connections, definition).make();
            try (Feeder feeder = new Feeder(world, definition);
                    EventLog events = EventLogs.of(world.live(), definition)) {
                boolean finished = run(instance, feeder, lag, events);
                // Only who has let go of everything says so: others may take it over then, or away.
                instance.close();
                return finished ? tellFinished(feeder, instance) : tell(ReplayState.STOPPED, feeder, lag);
            }
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new ReplayException("another process has taken over replay " + world.name(), e);
        } catch (RuntimeException e) {
            tellFailed(e);
            throw e;
        }
    }

    /** Brokers forget offsets of groups without members after a week; to go on without them would be to do all once more. */
    private void refuseForgotten(GroupLag lag, boolean wasFed, boolean wasProcessed) {
        if (wasFed && !lag.isKnown(world.feederGroup())
                || wasProcessed && !lag.isKnown(world.own().applicationId())) {
            throw new ReplayException("the brokers have forgotten how far replay " + world.name()
                    + " was (offsets.retention.minutes); take it away with rebound replay delete " + world.name()
                    + ", and start it anew");
        }
    }

    /** False when it was stopped. */
    private boolean run(ReplayInstance instance, Feeder feeder, GroupLag lag, EventLog events) {
        LivePositions positions = null;
        if (definition.getAsLive() && !feeder.state().ended()) {
            Optional<LivePositions> read =
                    LivePositions.read(world.live(), connections, definition, () -> !goesOn(feeder, lag));
            if (read.isEmpty()) {
                return false;
            }
            positions = read.get();
        }
        EventLog commands = new TopicLog(
                world.live(), world.live().topics().suppressionCommands().name());
        if (!feeder.feedCommands(commands, connections, () -> goesOn(feeder, lag))) {
            return false;
        }
        instance.start(ReplayPolicy.of(definition).policies(), definition.getAsLive());
        Feeder.Watch watch = () -> {
            instance.throwIfFailed();
            return goesOn(feeder, lag);
        };
        // People's decisions count whatever comes first; only what an erasure takes away is what came before it.
        return drained(lag, commandTopics(), watch)
                && feeder.feedEvents(events, connections, positions, watch)
                && drained(lag, allTopics(), watch);
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
        while (!lag.isNone(topics)) {
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
        if (System.nanoTime() - toldAt >= TELL_EVERY.toNanos()) {
            tell(ReplayState.RUNNING, feeder, lag);
        }
        return !stop.getAsBoolean() && !stopRequests.haveCome();
    }

    private ReplayStatus tell(ReplayState state, Feeder feeder, GroupLag lag) {
        long fed = feeder.state().fed();
        long waiting = lag.of(List.of(world.topics().deliveryEvents().name()));
        return tell(
                progress(state, feeder.read(), fed, Math.max(0, fed - waiting)).build());
    }

    private ReplayStatus tellFinished(Feeder feeder, ReplayInstance instance) {
        FeederState state = feeder.state();
        return tell(progress(ReplayState.FINISHED, feeder.read(), state.fed(), state.fed())
                .setAsOf(Instant.ofEpochMilli(state.asOf()))
                .setUntil(Instant.ofEpochMilli(state.until()))
                .setFingerprint(instance.fingerprint())
                .build());
    }

    private ReplayProgress.Builder progress(ReplayState state, long read, long fed, long done) {
        toldAt = System.nanoTime();
        if (state == ReplayState.RUNNING && processedBefore < 0) {
            processedBefore = done;
            runningSince = toldAt;
        }
        double seconds = (toldAt - runningSince) / 1e9;
        return ReplayProgress.newBuilder()
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
                .setHost(host);
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
