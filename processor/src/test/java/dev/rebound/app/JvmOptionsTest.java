package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmOptionsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"always [madvise] never, true", "[always] madvise never, false", "always madvise [never], false"})
    void largePagesAreAskedForWhereThatIsHowToGetThem(String enabled, boolean asked) throws IOException {
        Path file = Files.writeString(directory.resolve("enabled"), enabled + "\n");

        assertThat(JvmOptions.forThroughput(file).contains("-XX:+UseTransparentHugePages"))
                .isEqualTo(asked);
    }

    @Test
    void aSystemThatSaysNothingIsAskedForNothing() {
        assertThat(JvmOptions.forThroughput(directory.resolve("enabled"))).containsExactly("-XX:+UseParallelGC");
    }
}
