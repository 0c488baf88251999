package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FindingsOutputTest {

    private static final Finding GOOD = new Finding("broker a:1", Result.OK, "answers", "");
    private static final Finding NOTED = new Finding("topics", Result.NOTED, "has one replica", "make it three");
    private static final Finding BAD = new Finding("registry", Result.FAILED, "says \"no\"", "correct the key");
    private static final Finding SKIPPED = new Finding("schemas", Result.SKIPPED, "no registry", "");

    private final StringWriter out = new StringWriter();
    private final CommandLine command = Rebound.commandLine().setOut(new PrintWriter(out));

    @Test
    void columnsStandUnderTheirNamesAndRemediesOnLinesOfTheirOwn() {
        assertThat(FindingsOutput.table(List.of(GOOD, BAD, SKIPPED))).containsExactly("""
                RESULT   CHECK       FINDING
                OK       broker a:1  answers
                FAILED   registry    says "no"
                                     -> correct the key
                SKIPPED  schemas     no registry""".split("\n"));
    }

    @Test
    void onlyAFailureIsAFailure() {
        assertThat(FindingsOutput.print(List.of(GOOD, NOTED, SKIPPED), false, ExitCode.NOT_PREPARED, command))
                .isEqualTo(ExitCode.OK.code());
        assertThat(FindingsOutput.print(List.of(GOOD, BAD), false, ExitCode.NOT_PREPARED, command))
                .isEqualTo(5);
    }

    @Test
    void jsonHasAnObjectALine() {
        FindingsOutput.print(List.of(GOOD, BAD), true, ExitCode.FAILED, command);

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"check\":\"broker a:1\",\"result\":\"OK\",\"finding\":\"answers\",\"remedy\":null}",
                        "{\"check\":\"registry\",\"result\":\"FAILED\",\"finding\":\"says \\\"no\\\"\",\"remedy\":\"correct the key\"}");
    }
}
