package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.cli.ExitCode;
import dev.rebound.cli.Rebound;
import dev.rebound.generate.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code topology-docs/generate.md} shows is what the command does. */
class GeneratePageTest {

    private static final String PAGE = Repository.read("topology-docs/generate.md");

    @Test
    void theExampleIsWhatTheCommandSays() {
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(err))
                .execute("generate", "--print", "--count", "100000");

        assertThat(exit).isEqualTo(ExitCode.OK.code());
        assertThat(PAGE)
                .contains("$ ./rebound generate --print --count 100000 > events.ndjson\n"
                        + err.toString().replace(System.lineSeparator(), "\n"));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyScenarioIsDescribed(Scenario scenario) {
        assertThat(PAGE).contains("| `" + scenario.text() + "` |");
    }
}
