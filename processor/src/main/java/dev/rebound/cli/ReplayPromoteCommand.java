package dev.rebound.cli;

import dev.rebound.compare.ComparisonPage;
import dev.rebound.promote.PromotableReplay;
import dev.rebound.promote.PromotableReplays;
import dev.rebound.promote.PromotionReport;
import dev.rebound.replay.Replays;
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

/** Brings to live what a replay came to. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description =
                "Brings to live what a replay came to: suppressions that differ, as commands, and the rows of its code table,"
                        + " as revisions. Shows what it would do; --yes does it. Complaints, and what somebody decided about an address,"
                        + " stay. replay rollback undoes it.")
final class ReplayPromoteCommand implements Callable<Integer> {

    private final PromotableReplays replays;

    @Mixin
    private ReplayChangesOptions options;

    @Mixin
    private DryRunOptions dryRun;

    @Mixin
    private IssueOptions issue;

    @Spec
    private CommandSpec spec;

    /** Of the replays that the cluster has. */
    ReplayPromoteCommand() {
        this(Replays::promotable);
    }

    /** Of replays that are found so. */
    ReplayPromoteCommand(PromotableReplays replays) {
        this.replays = replays;
    }

    @Override
    public Integer call() throws IOException, InvalidImportException {
        Issued issued = dryRun.yes() ? issue.now() : null;
        PromotionReport report = options.with((changes, config, connections) -> {
            PromotableReplay replay = replays.find(config, connections, options.name());
            return DryRunOptions.watched(
                    "differences",
                    issued == null ? "found" : "written",
                    watch -> issued == null
                            ? changes.promotion().dryRun(replay, Instant.now(), watch)
                            : changes.promotion().run(replay, options.skipsConflicts(), issued, watch));
        });
        if (options.json()) {
            options.print(report);
        } else {
            print(
                    report,
                    options.name(),
                    issued == null || report.refused(),
                    spec.commandLine().getOut());
        }
        if (!report.refused()) {
            dryRun.conclude(report.complete(), report.written());
        }
        return options.exit(issued != null, report.refused(), report.conflicts());
    }

    static void print(PromotionReport report, String replay, boolean tried, PrintWriter out) {
        out.println((tried ? "Would promote from replay " : "Promoted from replay ") + replay + ":");
        ReplayChangesOptions.line(out, report.added(), "addresses to be suppressed");
        ReplayChangesOptions.line(out, report.lifted(), "addresses to be suppressed no more");
        ReplayChangesOptions.line(out, report.changed(), "addresses to be suppressed otherwise");
        ReplayChangesOptions.line(out, report.rows(), "rows of the code table");
        if (report.added() + report.lifted() + report.changed() + report.rows() == 0) {
            out.println("  nothing");
        }
        out.println("Left as it is:");
        ReplayChangesOptions.line(out, report.already(), "promoted earlier");
        ReplayChangesOptions.line(out, report.alike(), "the same but for the evidence");
        ReplayChangesOptions.line(out, report.over(), "over by now");
        ReplayChangesOptions.line(out, report.kept(), "the recipient or somebody else has spoken");
        ReplayChangesOptions.line(out, report.erased(), "erased");
        ReplayChangesOptions.line(out, report.conflicts(), "conflicts: live says otherwise since the replay");
        ReplayChangesOptions.print(out, report.named(), report.conflicts());
        if (!report.notCompared().isEmpty()) {
            out.println("Not compared, and left as it is:");
            report.notCompared()
                    .forEach((reason, count) -> ReplayChangesOptions.line(out, count, ComparisonPage.words(reason)));
        }
        if (report.policy()) {
            out.println(
                    "The replay's policy is not promoted: it is in the configuration of the instances. Give all of them"
                            + " the file by rebound.suppression.policy, and start them again.");
        }
        out.flush();
    }
}
