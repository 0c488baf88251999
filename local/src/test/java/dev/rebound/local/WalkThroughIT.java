package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk-through, block by block as it stands there, against a running processor. */
@ExtendWith(LocalStackExtension.class)
class WalkThroughIT {

    private static final Pattern SECTION = Pattern.compile("## A walk-through: .*?\n(.*?)\n## ", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void runsAsWritten(RunningStack stack) throws Exception {
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(4);
        int port = ServicePort.free();
        try (TestCluster cluster =
                new TestCluster(stack, directory, Map.of("rebound.http.port", Integer.toString(port)))) {
            cluster.start();
            command(cluster);

            assertThat(run(blocks.get(0), port).lines().filter(WalkThroughIT::isSuppressed))
                    .hasSize(8);

            String difference = run(blocks.get(1), port);
            assertThat(difference)
                    .contains("finished")
                    .containsPattern("8 +hard -> soft")
                    .containsPattern("8 +lifted|lifted +8");
            assertThat(directory.resolve("relocation.html"))
                    .content()
                    .contains("<html", "relocation")
                    .doesNotContain("user1@");

            String promoted = run(blocks.get(2), port);
            assertThat(promoted).contains("Would promote", "Promoted", "relocation", "SOFT");
            assertThat(promoted.lines().filter(WalkThroughIT::isSuppressed)).isEmpty();

            String undone = run(blocks.get(3), port);
            assertThat(undone.lines().filter(WalkThroughIT::isSuppressed)).hasSize(8);
            assertThat(undone).contains("deleted topic");
        }
    }

    private static boolean isSuppressed(String line) {
        return line.matches("(default\\S*\\s+)?user[1-8]@relocated\\.example.*");
    }

    private static List<String> blocks() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("repository.root"), "README.md"));
        var section = SECTION.matcher(readme);
        assertThat(section.find()).isTrue();
        return BLOCK.matcher(section.group(1))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    /** A {@code ./rebound} that talks to this cluster where the user's talks to the local stack. */
    private void command(TestCluster cluster) throws IOException {
        List<String> lines = new ArrayList<>(List.of("#!/bin/sh"));
        lines.add("exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                + Main.class.getName()
                + " \"$@\"");
        Path script = Files.write(directory.resolve("rebound"), lines);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        cluster.config()
                .given()
                .forEach((key, value) -> environment.put(
                        "REBOUND_CONF_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    }

    private String run(String block, int port) throws Exception {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", block)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("REBOUND_URL", "http://127.0.0.1:" + port);
        Process process = builder.start();
        boolean ended = process.waitFor(150, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(block + "\n" + Files.readString(out) + Files.readString(err))
                .isTrue();
        return Files.readString(out);
    }
}
