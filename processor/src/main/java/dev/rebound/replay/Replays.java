package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.app.ReplayInstance;
import dev.rebound.compare.Comparison;
import dev.rebound.compare.Settings;
import dev.rebound.config.ReboundConfig;
import dev.rebound.promote.PromotableReplay;
import dev.rebound.schema.Replay;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.Topics.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The replays of an application. */
public final class Replays implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** Who works on a replay says so more often. */
    private static final Duration SIGN_WITHIN = Duration.ofSeconds(10);

    /** A record of the usual largest size holds a definition, and what the record needs beside it. */
    private static final int LARGEST = 900_000;

    /** Before a replay is defined it has no partitions; where its own topic is does not depend on them. */
    private static final int ANY = 1;

    private final ReboundConfig live;
    private final Connections connections;

    /** @param live configuration of the application whose past is replayed */
    public Replays(ReboundConfig live) {
        this(live, new Connections(live, PATIENCE));
    }

    private Replays(ReboundConfig live, Connections connections) {
        this.live = live;
        this.connections = connections;
    }

    /**
     * A replay for its promotion.
     *
     * @param live configuration of the application that it is promoted to
     * @param connections to the registry; to be closed by the caller, after the replay was used
     * @param name name of the replay
     * @throws ReplayException when there is none
     */
    @SuppressWarnings("resource")
    public static PromotableReplay promotable(ReboundConfig live, Connections connections, String name) {
        ReplayStatus replay = new Replays(live, connections).get(new ReplayName(name));
        refuseForeign(replay);
        return new ReplayToPromote(replay, finished -> new ReplayComparison(live, connections, finished));
    }

    /**
     * All replays that are there, in the order of their names.
     *
     * @throws KafkaException when the brokers do not answer
     */
    public List<ReplayStatus> list() {
        Pattern home = Pattern.compile(
                Pattern.quote(live.topics().prefix() + ReboundConfig.REPLAY) + "(" + ReplayName.FORM + ")\\.replay");
        List<ReplayStatus> found = new ArrayList<>();
        for (String topic : topics().stream().sorted().toList()) {
            Matcher name = home.matcher(topic);
            if (name.matches()) {
                find(new ReplayName(name.group(1))).ifPresent(found::add);
            }
        }
        return found;
    }

    private Set<String> topics() {
        try (Admin admin = Admin.create(live.adminClient())) {
            return admin.listTopics().names().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot list the topics: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** A replay and how far it is; empty when there is none of the name. */
    public Optional<ReplayStatus> find(ReplayName name) {
        String home = ReplayWorld.of(live, name, ANY).home();
        if (!topics().contains(home)) {
            return Optional.empty();
        }
        ReplayRecords.Content content = read(home);
        return content.definition() == null ? Optional.empty() : Optional.of(ReplayStatus.of(content, Instant.now()));
    }

    private ReplayRecords.Content read(String home) {
        try (ReplayRecords records = new ReplayRecords(live, connections, home)) {
            return records.read();
        }
    }

    /**
     * As {@link #get}, but where it can be that somebody works on it, waits for a sign of that for some seconds: clocks of machines differ.
     *
     * @throws ReplayException when there is none
     */
    public ReplayStatus awaitSign(ReplayName name) {
        ReplayStatus before = get(name);
        if (before.isSettled()) {
            return before;
        }
        long deadline = System.nanoTime() + SIGN_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            pause();
            ReplayStatus now = get(name);
            if (now.isSettled()) {
                return now;
            }
            if (!now.progress().getAt().equals(before.progress().getAt())) {
                return now.knowing(true);
            }
        }
        return before.knowing(false);
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for a replay", e);
        }
    }

    /**
     * As {@link #find}.
     *
     * @throws ReplayException when there is none
     */
    public ReplayStatus get(ReplayName name) {
        return find(name)
                .orElseThrow(() -> new ReplayException("there is no replay " + name
                        + "; rebound replay list shows those there are, rebound replay start makes one"));
    }

    /**
     * Defines a replay, or finds the one of that name that is defined so.
     *
     * @throws ReplayException when one of that name is defined otherwise, or there is nothing to replay
     * @throws IllegalArgumentException when the span or a file cannot be used
     */
    public ReplayStatus define(ReplayRequest request) {
        ReplayDefinitions definitions = new ReplayDefinitions(live, connections);
        Optional<ReplayStatus> there = find(request.name());
        if (there.isPresent()) {
            definitions.refuseOther(there.get().definition(), request);
            return there.get();
        }
        ReplayDefinition definition = definitions.of(request);
        int size = ReplayRecords.size(definition);
        if (size > LARGEST) {
            throw new IllegalArgumentException("the files that were given make a definition of " + size
                    + " bytes (expected: at most " + LARGEST + "); leave out rows and rules that are as live has them");
        }
        ReplayWorld world = ReplayWorld.of(live, request.name(), definition.getPartitions());
        connections.schemas().register(world.home(), Replay.getClassSchema());
        createHome(world);
        try (ReplayRecords records = new ReplayRecords(live, connections, world.home())) {
            records.write(definition);
        }
        return get(request.name());
    }

    private void createHome(ReplayWorld world) {
        Spec home = world.topics().replay();
        try (Admin admin = Admin.create(live.adminClient())) {
            admin.createTopics(List.of(new NewTopic(home.name(), 1, live.replicationFactor()).configs(home.config())))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            // It can be left from a start that was cut short.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(
                        "cannot create topic " + home.name() + ": "
                                + e.getCause().getMessage(),
                        e.getCause());
            }
        }
    }

    /**
     * Works on a replay in this process until it is at its end, or stopped.
     *
     * @param stop asked often; once it says true the run ends, to be gone on with later
     * @param watcher told how far it is
     * @return where it is at last
     * @throws ReplayException when there is none, or it cannot go on
     */
    public ReplayStatus run(ReplayName name, BooleanSupplier stop, Consumer<ReplayStatus> watcher) {
        ReplayStatus there = get(name);
        if (there.isFinished()) {
            return there;
        }
        return new ReplayRun(worldOf(there), connections, there.definition(), stop, watcher).run();
    }

    private ReplayWorld worldOf(ReplayStatus replay) {
        return ReplayWorld.of(
                live,
                new ReplayName(replay.definition().getName()),
                replay.definition().getPartitions());
    }

    /**
     * Lends a replay that is under way another instance, in this process, until it is at its end, or stopped.
     *
     * @param stop asked often; once it says true the instance leaves
     * @return where the replay is at last
     * @throws ReplayException when there is none, or nobody works on it
     */
    public ReplayStatus join(ReplayName name, BooleanSupplier stop, Consumer<ReplayStatus> watcher) {
        ReplayStatus replay = get(name);
        while (replay.phase() == ReplayStatus.Phase.PREPARING && !stop.getAsBoolean()) {
            watcher.accept(replay);
            pause();
            replay = get(name);
        }
        if (replay.phase() != ReplayStatus.Phase.RUNNING) {
            throw new ReplayException("replay " + name + " is " + replay.phase().text()
                    + " (expected: running); start it with: rebound replay start --name " + name);
        }
        try (ReplayInstance instance = ReplayInstance.claim(worldOf(replay).own())) {
            instance.start(
                    ReplayPolicy.of(replay.definition()).policies(),
                    replay.definition().getAsLive());
            while (!stop.getAsBoolean() && replay.phase() == ReplayStatus.Phase.RUNNING) {
                instance.throwIfFailed();
                pause();
                replay = get(name);
                watcher.accept(replay);
            }
            return replay;
        }
    }

    /**
     * Asks whoever works on a replay to stop, and waits until they have.
     *
     * @param atMost how long
     * @return where it is then
     * @throws ReplayException when there is none, or it does not stop
     */
    public ReplayStatus stop(ReplayName name, Duration atMost) {
        ReplayStatus replay = get(name);
        if (!replay.phase().isUnderWay()) {
            return replay;
        }
        try (ReplayRecords records =
                new ReplayRecords(live, connections, worldOf(replay).home())) {
            records.askToStop(Instant.now());
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        while (replay.phase().isUnderWay()) {
            if (System.nanoTime() > deadline) {
                throw new ReplayException("replay " + name + " has not stopped within " + atMost.toSeconds()
                        + " s; its process is " + replay.progress().getHost());
            }
            pause();
            replay = get(name);
        }
        return replay;
    }

    /**
     * Compares a replay that is at its end.
     *
     * @param against another replay that was of the same events; empty for live
     * @param settings how, and how much it may take
     * @param watch told of records read and differences found
     * @throws ReplayException when one of them is not there, not at its end, or they cannot be compared
     * @throws java.util.concurrent.CancellationException when it was stopped
     */
    public Comparison compare(ReplayName name, Optional<ReplayName> against, Settings settings, Watch watch) {
        ReplayStatus replay = get(name);
        if (against.isEmpty()) {
            refuseForeign(replay);
        }
        ReplayComparison comparison = new ReplayComparison(live, connections, replay);
        return against.isPresent()
                ? comparison.with(get(against.get()), settings, watch)
                : comparison.withLive(settings, watch);
    }

    private static void refuseForeign(ReplayStatus replay) {
        if (replay.definition().getForeign()) {
            throw new ReplayException("replay " + replay.definition().getName() + " is of "
                    + replay.definition().getArchive()
                    + ", an archive of another topic than live's, or of one that had its name before (expected: events that"
                    + " live has seen); it can be compared with another replay of the archive, by --against");
        }
    }

    /**
     * Takes a replay away: its topics, groups, schemas, and its state on this machine; nothing else.
     *
     * @return what was taken away, a line each
     * @throws ReplayException when there is none, or it is under way
     */
    public List<String> delete(ReplayName name) {
        ReplayWorld world = ReplayWorld.of(live, name, ANY);
        Optional<ReplayStatus> replay = find(name);
        if (replay.isEmpty() && !topics().contains(world.home())) {
            get(name);
        }
        if (replay.isPresent() && awaitSign(name).phase().isUnderWay()) {
            throw new ReplayException("replay " + name + " is "
                    + replay.get().phase().text() + "; stop it first with: rebound replay stop " + name);
        }
        return new ReplayRemoval(world, connections).remove(topics());
    }

    @Override
    public void close() {
        connections.close();
    }
}
