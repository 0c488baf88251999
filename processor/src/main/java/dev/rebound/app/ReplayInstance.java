package dev.rebound.app;

import dev.rebound.classify.CodeTable;
import dev.rebound.config.ReboundConfig;
import dev.rebound.suppress.Policies;
import dev.rebound.topology.Fingerprint;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Observer;
import dev.rebound.topology.ReboundTopology;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/** One instance of the topology that runs over a replay: no HTTP server, no metrics, clocks by the events. */
public final class ReplayInstance implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ReboundConfig config;
    private final StateDirectory stateDirectory;
    private final Connections connections;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<ProcessingStoppedException> failure = new AtomicReference<>();
    private LiveCodeTable codeTable;
    private Policies policies;
    private KafkaStreams streams;

    private ReplayInstance(ReboundConfig config) {
        this.config = config;
        this.stateDirectory = StateDirectory.open(config.stateDirectory(), config.applicationId());
        this.connections = new Connections(config, config.registryWait());
    }

    /**
     * Takes the replay's state on this machine; nothing runs yet.
     *
     * @param config the replay's own
     * @throws StateDirectoryException when another process on the machine has it, or it cannot be written
     */
    public static ReplayInstance claim(ReboundConfig config) {
        return new ReplayInstance(config);
    }

    /**
     * Starts it; it goes on in threads of its own. The replay's topics have to be there.
     *
     * @param by when addresses are suppressed
     * @param asLive events bring the position of the table that they are classified with
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    public void start(Policies by, boolean asLive) {
        policies = by;
        codeTable = asLive
                ? LiveCodeTable.withPast(connections.patientWriterSchemas())
                : new LiveCodeTable(connections.patientWriterSchemas());
        streams = streams();
        streams.start();
    }

    private KafkaStreams streams() {
        int partitions = new TopicAdmin(config).checkedPartitions();
        Properties properties = config.streams(stateDirectory.instanceId());
        ReboundTopology.Settings settings = new ReboundTopology.Settings(
                config.topics(),
                partitions,
                config.statistics().forReplay(),
                config.suppression().forReplay(policies));
        ReboundTopology shape = new ReboundTopology(
                settings, connections.writerSchemas(), connections.schemas(), codeTable, Observer.NONE);
        KafkaStreams made = new KafkaStreams(shape.build(properties), properties);
        made.setUncaughtExceptionHandler(
                new ThreadFaults(new Backoff(FIRST_PAUSE, LONGEST_PAUSE, System::nanoTime), stopping, this::fail));
        made.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                fail(new IllegalStateException("Kafka Streams gave up"));
            }
        });
        return made;
    }

    private void fail(Throwable problem) {
        if (stopping.getCount() > 0) {
            failure.compareAndSet(null, StopReason.of(problem, config.stateDirectory()));
        }
    }

    /** @throws ProcessingStoppedException when the instance has failed for good */
    public void throwIfFailed() {
        ProcessingStoppedException problem = failure.get();
        if (problem != null) {
            throw problem;
        }
    }

    /** What its outputs are made by, as their headers tell. */
    public String fingerprint() {
        CodeTable table = codeTable.current();
        return new Fingerprint(policies.revision(), codeTable::current).text(table);
    }

    /** Leaves the replay; the others, or a later start, go on at the last commit. */
    @Override
    public void close() {
        stopping.countDown();
        connections.stopWaiting();
        boolean inTime = streams == null
                || streams.close(CloseOptions.timeout(config.stopTimeout())
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        connections.close();
        if (inTime) {
            stateDirectory.close();
        }
    }
}
