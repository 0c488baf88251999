package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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
    void whatCannotBeMeantIsRefused() {
        assertRefused("NAME: Softer (expected: 1 to 40 of a-z", "Softer");
        assertRefused("NAME: ../x (expected", "../x");
        assertRefused("--why is missing", "softer", "--yes");
        assertRefused("--yes does not go with --dry-run", "softer", "--yes", "--dry-run");
        assertRefused("Missing required parameter", "--yes");
    }
}
