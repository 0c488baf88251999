package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.cli.Rebound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rebound local --once} as a user runs it. */
class LocalCommandIT {

    @TempDir
    private Path data;

    @Test
    void onceAccountsForEveryEventAndASecondRunReadsNothingAgain() throws Exception {
        JsonNode first = once();
        assertThat(first.get("read").asLong()).isEqualTo(605);
        assertThat(first.get("setAside").asLong()).isEqualTo(1);
        assertThat(first.get("deadLetters").asLong()).isZero();
        assertThat(accounted(first)).isEqualTo(605);
        assertThat(first.get("domains").get(0).get("domain").asText()).isEqualTo("mail.example");

        JsonNode second = once();
        assertThat(second.get("read").asLong()).isZero();
        assertThat(accounted(second)).isZero();
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
                        "0");
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
        assertThat(exit).isEqualTo(Rebound.FAILED);
        assertThat(err.toString()).contains("nothing");
    }
}
