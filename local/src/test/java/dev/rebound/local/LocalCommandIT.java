package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.cli.ExitCode;
import dev.rebound.cli.Rebound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rebound local --once} as a user runs it. */
class LocalCommandIT {

    private static final long FROM_MAILS = 5;

    @TempDir
    private Path data;

    @Test
    void onceAccountsForEveryEventAndASecondRunReadsNoMailAgain() throws Exception {
        JsonNode first = once();
        assertThat(first.get("read").asLong()).isEqualTo(FROM_MAILS + GeneratedTraffic.EVENTS_ONCE);
        assertThat(first.get("setAside").asLong()).isEqualTo(1);
        assertThat(first.get("deadLetters").asLong()).isZero();
        assertThat(accounted(first)).isEqualTo(FROM_MAILS + GeneratedTraffic.EVENTS_ONCE);
        assertThat(first.get("domains").get(0).get("domain").asText()).isEqualTo("gmail.com");

        Path readme = Path.of(System.getProperty("repository.root"), "README.md");
        assertThat(Files.readString(readme))
                .contains(row(first.get("domains").get(0)))
                .contains(row(first.get("domains").get(1)));

        List<String> suppressions = Files.readAllLines(suppressions());
        assertThat(suppressions).hasSizeGreaterThan(10);
        for (String line : suppressions) {
            JsonNode suppression = new ObjectMapper().readTree(line);
            assertThat(suppression.get("scope").asText()).isIn("RECIPIENT", "DOMAIN");
            for (String field : List.of("recipient", "reason", "category", "rule")) {
                assertThat(suppression.get(field).asText()).as(field).isNotEmpty();
            }
            assertThat(suppression.get("evidence").size()).isPositive();
        }

        JsonNode second = once();
        assertThat(second.get("read").asLong()).isEqualTo(GeneratedTraffic.EVENTS_ONCE);
        assertThat(second.get("setAside").asLong()).isZero();
        assertThat(accounted(second)).isEqualTo(GeneratedTraffic.EVENTS_ONCE);
        // The same traffic again, and nothing of the mails.
        assertThat(second.get("domains").get(0)).isEqualTo(first.get("domains").get(0));
    }

    private Path suppressions() {
        return data.resolve("suppressions.ndjson");
    }

    private static String row(JsonNode domain) {
        return String.format(
                "\n%-36s %10d %10d %8d %8d  ",
                domain.get("domain").asText(),
                domain.get("delivered").asLong(),
                domain.get("deferred").asLong(),
                domain.get("soft").asLong(),
                domain.get("hard").asLong());
    }

    private static long accounted(JsonNode result) {
        long sum = result.get("deadLetters").asLong();
        for (JsonNode domain : result.get("domains")) {
            for (String field : List.of("delivered", "deferred", "soft", "hard", "complained", "notAttempted")) {
                sum += domain.get(field).asLong();
            }
        }
        return sum;
    }

    private JsonNode once() throws Exception {
        StringWriter out = new StringWriter();
        int exit = Rebound.commandLine()
                .addSubcommand(new LocalCommand())
                .setOut(new PrintWriter(out))
                .execute(
                        "local",
                        "--once",
                        "--json",
                        "--data-dir",
                        data.toString(),
                        "--broker-port",
                        "0",
                        "--registry-port",
                        "0",
                        "--http-port",
                        "0",
                        "--export-suppressions",
                        suppressions().toString());
        assertThat(exit).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void inputThatIsNotThereIsNamedBeforeAnythingStarts() {
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .addSubcommand(new LocalCommand())
                .setErr(new PrintWriter(err))
                .execute("local", "--once", "--input", data.resolve("nothing").toString());
        assertThat(exit).isEqualTo(ExitCode.FAILED.code());
        assertThat(err.toString()).contains("nothing");
    }

    @Test
    void whatCannotBeUsedIsNamedBeforeAnythingStarts() {
        assertThat(refused("--policy", "defualt")).contains("rebound.suppression.policy: defualt");
        assertThat(refused("--export-suppressions", data.resolve("none/file").toString()))
                .contains("--export-suppressions: cannot write");
    }

    private static String refused(String option, String value) {
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .addSubcommand(new LocalCommand())
                .setErr(new PrintWriter(err))
                .execute("local", "--once", option, value);
        assertThat(exit).isNotZero();
        return err.toString();
    }
}
