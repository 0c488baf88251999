package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs a program that logs, as a process of its own, because logging is set up once for each JVM. */
class LoggingTest {

    @TempDir
    private Path temporary;

    private static final String PERSON = "secret.person";

    private Map<String, String> environment = Map.of();
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

    @Test
    void theEnvironmentChoosesLevelsAndFormatWhereThereIsNoCommandLine() throws Exception {
        environment =
                Map.of("REBOUND_LOG_LEVEL", "INFO", "REBOUND_LOG_LIBRARY_LEVEL", "WARN", "REBOUND_LOG_FORMAT", "json");

        run();

        assertThat(lines())
                .extracting(line -> line.path("message").asText())
                .contains("our information", "broker's warning");
    }

    @Test
    void aPropertyWinsOverTheEnvironment() throws Exception {
        environment = Map.of("REBOUND_LOG_LEVEL", "INFO", "REBOUND_LOG_FORMAT", "json");

        run("-Drebound.log.level=ERROR", "-Drebound.log.format=text");

        assertThat(standardError).content().contains("our error\n").doesNotContain("our information", "{");
    }

    @Test
    void aFormatThatDoesNotExistIsToldOfAndTakenAsText() throws Exception {
        run("-Drebound.log.format=xml");

        assertThat(standardError)
                .content()
                .contains("Logging: rebound.log.format: xml (expected: text or json)", "our warning\n");
    }

    @Test
    void jsonIsOneObjectALineWithTimeLevelLoggerThreadMessageAndStackTrace() throws Exception {
        run("-Drebound.log.format=json");

        assertThat(standardOutput).isEmptyFile();
        assertThat(lines()).hasSizeGreaterThan(3).allSatisfy(line -> {
            assertThat(OffsetDateTime.parse(line.path("@timestamp").asText()).toInstant())
                    .isAfter(Instant.EPOCH);
            assertThat(line.path("level").asText()).isIn("WARN", "ERROR");
            assertThat(line.path("logger_name").asText()).isNotEmpty();
            assertThat(line.path("thread_name").asText()).isNotEmpty();
            assertThat(line.path("message").asText()).isNotEmpty();
        });
        assertThat(lines())
                .anySatisfy(line -> assertThat(line.path("stack_trace").asText())
                        .contains("IllegalStateException", "Caused by: ", "LoggingTest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void addressesAreMaskedWhoeverLogsThem(String format) throws Exception {
        Path file = temporary.resolve("app.log");

        run("-Drebound.log.format=" + format, "-Drebound.log.library.level=INFO", "-Drebound.log.file=" + file);

        for (Path log : List.of(standardError, file)) {
            assertThat(log)
                    .content()
                    .doesNotContain(PERSON)
                    .contains("rejected s***@example.com at last")
                    .contains("no mailbox s***@example.com here")
                    .contains("caused by s***@example.com indeed")
                    .contains("suppressed s***@example.com too");
        }
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(standardError)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private void run(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(standardOutput.toFile())
                .redirectError(standardError.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("REBOUND_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
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
            String address = PERSON + "@example.com";
            IllegalStateException problem = new IllegalStateException(
                    "no mailbox " + address + " here",
                    new IllegalArgumentException("caused by " + address + " indeed"));
            problem.addSuppressed(new IllegalArgumentException("suppressed " + address + " too"));
            MDC.put("recipient", address);
            LoggerFactory.getLogger("org.apache.kafka.Something").error("rejected {} at last", address, problem);
            LoggerFactory.getLogger("somebody.else")
                    .atWarn()
                    .addKeyValue("to", address)
                    .log("with a value");
        }
    }
}
