package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several instances, each a process with a state directory of its own, share the work while some come and some go. */
@ExtendWith(FaultBench.Extension.class)
class ScalingIT {

    @TempDir
    private Path directory;

    @Test
    void instancesAreAddedStoppedAndKilledAndTheBrokerRestarts(FaultBench bench) throws Exception {
        try (BrokerProcess broker = BrokerProcess.in(directory);
                FaultRun run = new FaultRun(
                        bench,
                        new RunningStack(
                                broker.bootstrapServers(), bench.stack().schemaRegistryUrl()),
                        directory,
                        Map.of())) {
            Instance first = run.start("a");
            Instance second = run.start("b");
            first.awaitReady();
            second.awaitReady();
            run.awaitShare(0.2);
            run.feed().allow(run.size() * 4 / 10);
            first.kill();
            run.start("c").awaitReady();
            run.awaitShare(0.5);
            run.feed().allow(run.size() * 6 / 10);
            broker.stop();
            broker.start();
            run.awaitShare(0.7);
            run.feed().allow(run.size() * 8 / 10);
            assertThat(second.stop()).isZero();
            run.start("a");
            run.assertSameAsWithoutFaults();
        }
    }

    @Test
    void aStandbyTakesOverForAnInstanceThatIsKilled(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, bench.stack(), directory, Map.of("num.standby.replicas", "1"))) {
            Instance first = run.start("a").awaitReady();
            run.start("b").awaitReady();
            run.awaitShare(0.4);
            awaitCopiesIn(run, "a", "b");
            run.feed().allow(run.size() * 7 / 10);
            first.kill();
            run.assertSameAsWithoutFaults();
        }
    }

    @Test
    void theStreamsProtocolSharesTheWorkWithStandbysSetOnTheBroker(FaultBench bench) throws Exception {
        Map<String, String> settings = Map.of("group.protocol", "streams", "rebound.stop.leave.group", "true");
        try (FaultRun run = new FaultRun(bench, bench.stack(), directory, settings)) {
            setOnBroker(run, "streams.num.standby.replicas", "1");
            Instance first = run.start("a");
            Instance second = run.start("b");
            first.awaitReady();
            second.awaitReady();
            run.awaitShare(0.3);
            awaitCopiesIn(run, "a", "b");
            run.feed().allow(run.size() / 2);
            run.start("c").awaitReady();
            assertThat(second.stop()).isZero();
            run.awaitShare(0.7);
            if (Form.isLong()) {
                // Brokers notice after 45 seconds at the earliest.
                first.kill();
            }
            run.assertSameAsWithoutFaults();
        }
    }

    private static void setOnBroker(FaultRun run, String key, String value) throws Exception {
        ConfigResource group =
                new ConfigResource(ConfigResource.Type.GROUP, run.cluster().applicationId());
        try (Admin admin = Admin.create(run.cluster().client())) {
            admin.incrementalAlterConfigs(Map.of(
                            group, List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static void awaitCopiesIn(FaultRun run, String... names) throws Exception {
        for (String name : names) {
            Path state = run.stateDirectory(name);
            await(name + " to have a copy of all state", () -> storesIn(state) == Workload.PARTITIONS);
        }
    }

    /** Number of partitions whose counts are on disk here, be it as active or as standby. */
    private static long storesIn(Path state) throws IOException {
        try (Stream<Path> files =
                Files.find(state, 4, (file, attributes) -> file.endsWith("rocksdb/statistics-counts"))) {
            return files.count();
        } catch (UncheckedIOException e) {
            // A directory went away while it was looked into: not what is waited for.
            return -1;
        }
    }
}
