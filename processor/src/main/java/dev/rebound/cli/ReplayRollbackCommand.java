package dev.rebound.cli;

import dev.rebound.promote.RollbackReport;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.Issued;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Undoes what was promoted from a replay. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Undoes what was promoted from a replay: takes additions back, adds what was lifted, and lets rows of the code"
                        + " table say again what they said. Shows what it would do; --yes does it. Can be done as long as the replay is not"
                        + " deleted.")
final class ReplayRollbackCommand implements Callable<Integer> {

    @Mixin
    private ReplayChangesOptions options;

    @Mixin
    private DryRunOptions dryRun;

    @Mixin
    private IssueOptions issue;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        Issued issued = dryRun.yes() ? issue.now() : null;
        RollbackReport report = options.with((changes, config, connections) -> DryRunOptions.watched(
                "changes",
                issued == null ? "found" : "written",
                watch -> issued == null
                        ? changes.rollback().dryRun(Instant.now(), watch)
                        : changes.rollback().run(options.skipsConflicts(), issued, watch)));
        if (options.json()) {
            options.print(report);
        } else {
            print(report, issued == null || report.refused());
        }
        if (!report.refused()) {
            dryRun.conclude(report.complete(), report.written());
        }
        return options.exit(issued != null, report.refused(), report.conflicts());
    }

    private void print(RollbackReport report, boolean tried) {
        PrintWriter out = spec.commandLine().getOut();
        out.println((tried ? "Would undo of replay " : "Undone of replay ") + options.name() + ":");
        ReplayChangesOptions.line(out, report.added(), "addresses that it suppressed");
        ReplayChangesOptions.line(out, report.lifted(), "addresses that it lifted");
        ReplayChangesOptions.line(out, report.changed(), "addresses that it suppressed otherwise");
        ReplayChangesOptions.line(out, report.rows(), "rows of the code table");
        if (report.added() + report.lifted() + report.changed() + report.rows() == 0) {
            out.println("  nothing");
        }
        out.println("Left as it is:");
        ReplayChangesOptions.line(out, report.already(), "undone earlier");
        ReplayChangesOptions.line(out, report.erased(), "erased since");
        ReplayChangesOptions.line(out, report.conflicts(), "conflicts: somebody has changed it since");
        ReplayChangesOptions.print(out, report.named(), report.conflicts());
        out.flush();
    }
}
