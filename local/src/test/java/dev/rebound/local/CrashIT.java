package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A processor that is killed in mid-stream loses nothing, doubles nothing, and counts each event once. */
@ExtendWith(FaultBench.Extension.class)
class CrashIT {

    private static final int KILLS = Form.pick(3, 20);

    @TempDir
    private Path directory;

    @Test
    void killedAtRandomMoments(FaultBench bench) throws Exception {
        Random random = new Random(Form.seed());
        try (FaultRun run = new FaultRun(bench, directory)) {
            for (int life = 0; life < KILLS; life++) {
                int due = run.size() * (life + 1) / (KILLS + 1);
                run.feed().allow(due);
                Instance instance = run.start("a");
                if (life % 4 == 1) {
                    // Before, while or after it is ready: nobody looks.
                    pause(random, Duration.ofSeconds(7));
                } else {
                    int through = run.outputs().accountedFor();
                    int enough = through + 1 + random.nextInt(Math.max(1, due - through));
                    await("life " + life + " to process", () -> run.outputs().accountedFor() >= enough);
                    pause(random, Duration.ofMillis(300));
                }
                instance.kill();
            }
            run.start("a");
            run.assertSameAsWithoutFaults();
        }
    }

    private static void pause(Random random, Duration longest) {
        LockSupport.parkNanos((long) (random.nextDouble() * longest.toNanos()));
    }
}
