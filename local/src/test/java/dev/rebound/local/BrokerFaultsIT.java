package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The brokers are away for a while: the processor waits, and goes on without having lost or doubled anything. */
@ExtendWith(FaultBench.Extension.class)
class BrokerFaultsIT {

    @TempDir
    private static Path home;

    private static BrokerProcess broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = BrokerProcess.in(home);
    }

    @AfterAll
    static void endBroker() {
        broker.close();
    }

    @Test
    void awayAtTheStart(FaultBench bench) throws Exception {
        try (FaultRun run = run(bench)) {
            broker.stop();
            Instance instance;
            try {
                instance = run.start("a");
                await("the instance to say that it waits", () -> instance.health()
                        .contains("WAITING_FOR_CLUSTER"));
                run.feed().allow(run.size() / 2);
            } finally {
                broker.start();
            }
            instance.awaitReady();
            run.assertSameAsWithoutFaults();
        }
    }

    @Test
    void stoppedAndStartedAgain(FaultBench bench) throws Exception {
        try (FaultRun run = run(bench)) {
            Instance instance = run.start("a");
            run.awaitShare(0.3);
            run.feed().allow(run.size() * 2 / 3);
            broker.stop();
            broker.start();
            run.assertSameAsWithoutFaults();
            assertThat(instance.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void killedAndStartedAgain(FaultBench bench) throws Exception {
        try (FaultRun run = run(bench)) {
            run.start("a");
            for (int kill = 1; kill <= Form.pick(1, 5); kill++) {
                double share = kill / (Form.pick(1, 5) + 1.0);
                run.awaitShare(share * 0.9);
                run.feed().allow((int) (run.size() * share));
                broker.kill();
                broker.start();
            }
            run.assertSameAsWithoutFaults();
        }
    }

    private FaultRun run(FaultBench bench) throws Exception {
        RunningStack stack =
                new RunningStack(broker.bootstrapServers(), bench.stack().schemaRegistryUrl());
        return new FaultRun(bench, stack, directory, Map.of());
    }
}
