package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the directory with an instance's state happens to a copy: the state itself is in the brokers. */
@ExtendWith(FaultBench.Extension.class)
class StateDirectoryIT {

    private static final int STATE_DIRECTORY = 8;
    private static final int STOPPED = 6;

    @TempDir
    private Path directory;

    @Test
    void lostAfterAStop(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, directory)) {
            Instance first = run.start("a");
            run.awaitShare(0.4);
            assertThat(first.stop()).isZero();
            delete(run.stateDirectory("a"));
            run.feed().allow(run.size() * 2 / 3);
            run.start("a");
            run.assertSameAsWithoutFaults();
        }
    }

    @Test
    void lostWithAKill(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, directory)) {
            Instance first = run.start("a");
            run.awaitShare(0.4);
            run.feed().allow(run.size() * 2 / 3);
            first.kill();
            delete(run.stateDirectory("a"));
            run.start("a");
            run.assertSameAsWithoutFaults();
        }
    }

    @Test
    void aSecondInstanceOnTheSameDirectoryIsRefused(FaultBench bench) throws Exception {
        try (FaultRun run = new FaultRun(bench, directory)) {
            Instance first = run.start("a").awaitReady();
            run.feed().allow(run.size() / 2);
            Instance second = run.start("b", run.stateDirectory("a"), Map.of());
            assertThat(second.awaitEnd()).isEqualTo(STATE_DIRECTORY);
            assertThat(second.log())
                    .contains("another instance", run.stateDirectory("a").toString(), "state.dir")
                    .doesNotContain("\tat ");
            assertThat(first.isAlive()).isTrue();
            run.assertSameAsWithoutFaults();
            assertThat(first.log()).as("nothing disturbed it").doesNotContain("another takes over");
        }
    }

    @Test
    void fullDisk(FaultBench bench) throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString()) == 0,
                "A disk of its own is needed that can be filled: run this test as root, where mounting is allowed.");
        try (FaultRun run = new FaultRun(bench, directory)) {
            Map<String, String> oftenToDisk = Map.of("rocksdb.config.setter", SmallWriteBuffer.class.getName());
            Instance first = run.start("a", disk, oftenToDisk);
            run.awaitShare(0.3);
            Path filler = fill(disk.resolve("filler"));
            run.feed().allow(run.size() * 2 / 3);
            assertThat(first.awaitEnd()).as("exit code").isEqualTo(STOPPED);
            assertThat(first.log()).contains("is full", disk.toString());

            // What the first one gives back when it ends would be enough for a start.
            Path rest = fill(disk.resolve("rest"));
            Instance second = run.start("a", disk, oftenToDisk);
            assertThat(second.awaitEnd())
                    .as("exit code of a start on the full disk")
                    .isIn(STOPPED, STATE_DIRECTORY);
            assertThat(second.log()).contains(disk.toString());

            Files.delete(filler);
            Files.delete(rest);
            run.start("a", disk, oftenToDisk);
            run.assertSameAsWithoutFaults();
        } finally {
            run("umount", "--lazy", disk.toString());
        }
    }

    /** Writes until not a byte more goes in. */
    private static Path fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int size = 1 << 20; size > 0; size /= 2) {
                writeUntilRefused(out, new byte[size]);
            }
        }
        return filler;
    }

    private static void writeUntilRefused(OutputStream out, byte[] bytes) {
        try {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
