package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that does not come to its end is done again, by whoever has its partitions then, and only once. */
@ExtendWith(FaultBench.Extension.class)
class TransactionFaultsIT {

    /** Long transactions, so that a fault finds one open; the group's patience with a process that stands still is longer. */
    private static final Map<String, String> LONG_TRANSACTIONS = Map.of(
            "commit.interval.ms", "1500", "producer.transaction.timeout.ms", "3000", "session.timeout.ms", "60000");

    @TempDir
    private Path directory;

    @Test
    void timesOutWhileTheProcessStandsStill(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, bench.stack(), directory, LONG_TRANSACTIONS);
                Admin admin = Admin.create(run.cluster().client())) {
            Instance instance = run.start("a");
            for (int time = 1; time <= Form.pick(1, 5); time++) {
                double share = time / (Form.pick(1, 5) + 1.0);
                run.awaitShare(share / 2);
                run.feed().allow((int) (run.size() * share));
                freezeInTransaction(instance, admin, run);
                await("the brokers to abort the open transaction", () -> open(admin, run) == 0);
                instance.thaw();
            }
            run.assertSameAsWithoutFaults();
        }
    }

    private static void freezeInTransaction(Instance instance, Admin admin, FaultRun run) throws Exception {
        await("the process to stand still in a transaction", () -> {
            if (open(admin, run) == 0) {
                return false;
            }
            instance.freeze();
            boolean caught = open(admin, run) > 0;
            if (!caught) {
                instance.thaw();
            }
            return caught;
        });
    }

    @Test
    void rebalanceInMidTransaction(FaultBench bench) throws Exception {
        Map<String, String> settings = Map.of("commit.interval.ms", "1500", "rebound.stop.leave.group", "true");
        try (FaultRun run = new FaultRun(bench, bench.stack(), directory, settings);
                Admin admin = Admin.create(run.cluster().client())) {
            run.start("a");
            int rounds = Form.pick(1, 5);
            for (int round = 1; round <= rounds; round++) {
                double share = round / (rounds + 1.0);
                run.awaitShare(share / 2);
                run.feed().allow((int) (run.size() * share));
                await("a transaction to be open", () -> open(admin, run) > 0);
                Instance second = run.start("b").awaitReady();
                run.feed().allow((int) (run.size() * (share + 0.5 / rounds)));
                await("both to have transactions", () -> open(admin, run) > 1);
                assertThat(second.stop()).isZero();
            }
            run.assertSameAsWithoutFaults();
        }
    }

    /** Number of this run's transactions that are open now. */
    private static long open(Admin admin, FaultRun run) throws Exception {
        String prefix = run.cluster().applicationId() + "-";
        return admin.listTransactions().all().get().stream()
                .filter(transaction -> transaction.transactionalId().startsWith(prefix))
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .count();
    }
}
