package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a program that logs, as a process of its own, because logging is set up once for each JVM. */
class LoggingTest {

    @TempDir
    private Path temporary;

    private Path standardOutput;
    private Path standardError;

    @BeforeEach
    void name() {
        standardOutput = temporary.resolve("out");
        standardError = temporary.resolve("err");
    }

    @Test
    void warningsOfOursAndErrorsOfLibrariesReachStandardErrorOnly() throws Exception {
        run();

        assertThat(standardOutput).isEmptyFile();
        assertThat(standardError)
                .content()
                .contains("our warning", "our error", "broker's error")
                .doesNotContain("our information", "broker's warning");
    }

    @Test
    void theLevelCanBeChanged() throws Exception {
        run("-Drebound.log.level=INFO");

        assertThat(standardOutput).isEmptyFile();
        assertThat(standardError).content().contains("our information").doesNotContain("broker's warning");
    }

    @Test
    void theFileGetsInformationToo() throws Exception {
        Path file = temporary.resolve("app.log");

        run("-Drebound.log.file=" + file);

        assertThat(standardOutput).isEmptyFile();
        assertThat(file).content().contains("our information", "our warning", "broker's warning", "broker's error");
        assertThat(standardError).content().contains("our warning").doesNotContain("our information");
    }

    @Test
    void aFileThatCannotBeWrittenIsReportedOnStandardError() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "").resolve("app.log");

        run("-Drebound.log.file=" + file);

        assertThat(standardOutput).isEmptyFile();
        assertThat(standardError).content().contains("Logging: ", file.toString(), "our warning");
    }

    private void run(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(standardOutput.toFile())
                .redirectError(standardError.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Logs at several levels, as us and as a library. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            Logger ours = LoggerFactory.getLogger("dev.rebound.Something");
            ours.info("our information");
            ours.warn("our warning");
            ours.error("our error");
            Logger broker = LoggerFactory.getLogger("kafka.server.Something");
            broker.warn("broker's warning");
            broker.error("broker's error");
        }
    }
}
