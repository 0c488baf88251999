package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.SuppressionCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run of the workload through real processes, with topics of its own, during which a test lets something go wrong.
 * Closing it leaves no process behind.
 */
final class FaultRun implements AutoCloseable {

    /** Short waits, so that a fault is noticed within a test's patience; everything else is as shipped. */
    private static final Map<String, String> SETTINGS = Map.of(
            "commit.interval.ms", "200",
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "producer.transaction.timeout.ms", "10000",
            "rebound.registry.wait.ms", "4000");

    private final FaultBench bench;
    private final Path directory;
    private final Map<String, String> settings;
    private final TestCluster cluster;
    private final Feed feed;
    private final Outputs outputs;
    private final List<Instance> instances = new ArrayList<>();

    /** A run on the stack that all tests share. */
    FaultRun(FaultBench bench, Path directory) throws Exception {
        this(bench, bench.stack(), directory, Map.of());
    }

    /**
     * A run.
     *
     * @param bench workload and what has to come of it
     * @param stack broker and registry as the test's own clients reach them
     * @param directory for state, logs and configuration files
     * @param settings what the processes' configuration has beside, or instead of, this class's own
     */
    FaultRun(FaultBench bench, RunningStack stack, Path directory, Map<String, String> settings) throws Exception {
        this.bench = bench;
        this.directory = directory;
        this.settings = new TreeMap<>(SETTINGS);
        this.settings.putAll(settings);
        this.cluster = new TestCluster(stack, directory);
        // Records are the same bytes in each run, and so hold the same ids.
        assertThat(cluster.eventSchema()).isEqualTo(bench.eventSchema());
        for (SuppressionCommand command : bench.workload().commands()) {
            cluster.send(command);
        }
        this.feed = new Feed(cluster, bench.workload().inputs());
        this.outputs = new Outputs(cluster);
    }

    TestCluster cluster() {
        return cluster;
    }

    Feed feed() {
        return feed;
    }

    Outputs outputs() {
        return outputs;
    }

    /** Number of records in the workload. */
    int size() {
        return bench.workload().inputs().size();
    }

    /** Starts an instance whose state is in the directory of this name, which outlives it. */
    Instance start(String name) throws Exception {
        return start(name, stateDirectory(name), Map.of());
    }

    /** Starts an instance with a state directory and some settings of its own. */
    Instance start(String name, Path state, Map<String, String> changes) throws Exception {
        int port = ServicePort.free();
        Map<String, String> all = new HashMap<>(settings);
        all.put("state.dir", state.toString());
        all.put("rebound.http.port", Integer.toString(port));
        all.putAll(changes);
        Path config = cluster.writeConfig(directory.resolve(name + ".properties"), all);
        Instance instance = Instance.start(config, port, directory.resolve(name + ".log"));
        instances.add(instance);
        return instance;
    }

    Path stateDirectory(String name) throws IOException {
        return Files.createDirectories(directory.resolve("state-" + name));
    }

    /** Lets events come in up to a share of the workload, and waits until as many are accounted for. */
    void awaitShare(double share) throws Exception {
        feed.allow((int) (size() * share));
        awaitAccountedFor((int) (size() * share));
    }

    /** Waits until so many records are accounted for in committed outputs. */
    void awaitAccountedFor(int records) throws Exception {
        await(records + " records to be accounted for", () -> {
            feed.sent();
            return outputs.accountedFor() >= records;
        });
    }

    /**
     * Lets the rest of the workload come in, waits until it is through, stops all instances in order, and compares what is
     * in the topics then with the run without faults.
     */
    void assertSameAsWithoutFaults() throws Exception {
        feed.allowAll();
        try {
            awaitAccountedFor(size());
            await("the last counts", () -> outputs.counted() >= bench.countedEvents());
            await("the last suppressions", () -> outputs.suppressed()
                    .equals(bench.expected().suppressed()));
        } catch (AssertionError e) {
            String difference = outputs.all().differenceFrom(bench.expected());
            String lives = instances.stream().map(Instance::toString).collect(Collectors.joining("\n"));
            throw new AssertionError(
                    e.getMessage() + "; " + feed + "; so far:\n" + difference + "instances:\n" + lives, e);
        }
        for (Instance instance : instances) {
            if (instance.isAlive()) {
                assertThat(instance.stop()).as("exit code").isZero();
            }
        }
        assertThat(outputs.all().differenceFrom(bench.expected()))
                .as("difference from the run without faults, seed %d", Form.seed())
                .isEmpty();
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        feed.close();
        outputs.close();
        cluster.close();
    }
}
