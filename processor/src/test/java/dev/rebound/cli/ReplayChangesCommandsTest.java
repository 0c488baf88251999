package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.compare.Outside;
import dev.rebound.promote.Conflict;
import dev.rebound.promote.PromotionReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the commands by which a replay changes live refuse before they talk to a cluster. */
class ReplayChangesCommandsTest {

    private static void assertRefused(String why, String... arguments) {
        List<Callable<Integer>> commands =
                List.of(new ReplayRollbackCommand(), new ReplayPromoteCommand((config, connections, name) -> {
                    throw new AssertionError("nobody asks for " + name);
                }));
        for (Callable<Integer> command : commands) {
            StringWriter err = new StringWriter();
            int exit = new CommandLine(command).setErr(new PrintWriter(err)).execute(arguments);
            assertThat(exit).as("%s", err).isEqualTo(ExitCode.USAGE.code());
            assertThat(err.toString()).contains(why);
        }
    }

    @Test
    void aPromotionNamesItsConflictsAndCountsWhatWasNotCompared() {
        StringWriter text = new StringWriter();
        PromotionReport report = new PromotionReport(
                0,
                2,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(Outside.FILTERED, 4L, Outside.EVIDENCE, 3L),
                1,
                List.of(new Conflict("acme|jo@example.org", "a delivery at noon")),
                false,
                0,
                true,
                true);

        ReplayPromoteCommand.print(report, "softer", true, new PrintWriter(text));

        assertThat(text.toString()).isEqualTo("""
                Would promote from replay softer:
                          2  addresses to be suppressed no more
                Left as it is:
                          1  conflicts: live says otherwise since the replay
                             acme|jo@example.org: a delivery at noon
                Not compared, and left as it is:
                          3  a failure or complaint from before or beside the span counts too
                          4  events of theirs were left out by filters
                """);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertRefused("NAME: Softer (expected: 1 to 40 of a-z", "Softer");
        assertRefused("NAME: ../x (expected", "../x");
        assertRefused("--why is missing", "softer", "--yes");
        assertRefused("--yes does not go with --dry-run", "softer", "--yes", "--dry-run");
        assertRefused("Missing required parameter", "--yes");
    }
}
