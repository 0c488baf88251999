package dev.rebound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers, kept by machine. */
class ArchitectureTest {

    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", "."), "src", "main", "java", "dev", "rebound");

    @ParameterizedTest
    @ValueSource(strings = {"classify", "address", "yaml", "suppress", "statistics", "pack"})
    void thePureCoreKnowsNoKafkaNoNetworkNoFileAndNoClock(String layer) {
        assertThat(sources(SOURCES.resolve(layer))).isNotEmpty().allSatisfy(file -> assertThat(text(file))
                .as("%s", file)
                .doesNotContain(
                        "org.apache.kafka",
                        "io.confluent",
                        "java.net",
                        "java.nio.file",
                        "System.currentTimeMillis",
                        "System.nanoTime",
                        "Instant.now",
                        "Clock.system"));
    }

    @Test
    void theClassifierDependsOnAddressesSchemasAndYamlOnly() {
        assertThat(sources(SOURCES.resolve("classify")))
                .flatExtracting(file -> text(file).lines().toList())
                .filteredOn(line -> line.matches("import (static )?dev\\.rebound\\..*"))
                .isNotEmpty()
                .allMatch(line -> line.matches("import (static )?dev\\.rebound\\.(schema|address|classify|yaml)\\..*"));
    }

    @Test
    void statisticsDependOnTheClassifierSchemasPackingAndTheMaskOfAddressesOnly() {
        assertThat(sources(SOURCES.resolve("statistics")))
                .flatExtracting(file -> text(file).lines().toList())
                .filteredOn(line -> line.matches("import (static )?dev\\.rebound\\..*"))
                .isNotEmpty()
                .allMatch(line -> line.matches(
                        "import (static )?dev\\.rebound\\.((schema|classify|pack)\\..*|logging\\.AddressMask;)"));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<Path> packages =
                sources(SOURCES).stream().map(Path::getParent).distinct().toList();

        assertThat(packages).hasSizeGreaterThan(5).allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .isRegularFile());
    }

    /** Standard output is for results of commands; everything else goes to a log or to standard error. */
    @Test
    void onlyCommandsWriteToStandardOutput() {
        assertThat(sources(SOURCES))
                .filteredOn(file -> !file.startsWith(SOURCES.resolve("cli")))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(text(file)).as("%s", file).doesNotContain("System.out", "printStackTrace()"));
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
