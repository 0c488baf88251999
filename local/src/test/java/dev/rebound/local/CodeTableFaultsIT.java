package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records of {@code status-codes} that cannot be used change no classification, and stop nothing. */
@ExtendWith(FaultBench.Extension.class)
class CodeTableFaultsIT {

    private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_SCHEMA = {0, 0, 0, 99, 99, 1};

    @TempDir
    private Path directory;

    @Test
    void poisonAtTheStartAndWhileRunning(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, directory)) {
            run.cluster().sendCode("operator/5.1.1", GARBAGE);
            run.cluster().sendCode("no origin", GARBAGE);
            Instance first = run.start("a").awaitReady();
            assertThat(first.health()).contains("operator/5.1.1", "no origin");

            run.awaitShare(0.3);
            run.cluster().sendCode("seed/5.1.1", UNKNOWN_SCHEMA);
            run.cluster().sendCode("operator/4.2.2", GARBAGE);
            await(
                    "health to name the rows",
                    () -> first.health().contains("seed/5.1.1")
                            && first.health().contains("operator/4.2.2"));
            run.awaitShare(0.6);
            first.kill();

            Instance second = run.start("a").awaitReady();
            assertThat(second.health())
                    .contains("operator/5.1.1", "operator/4.2.2")
                    .as("a shipped row is written anew")
                    .doesNotContain("seed/5.1.1");
            run.assertSameAsWithoutFaults();
        }
    }
}
