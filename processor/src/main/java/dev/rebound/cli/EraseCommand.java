package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.Progress;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.ErasureReport;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forgets an address. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description =
                "Forgets an address, which is a person's right. Where it was suppressed, a keyed hash remains that still"
                        + " suppresses it, and nothing else; needs rebound.erase.key, the same as all instances have. Says what goes"
                        + " later or by other hands.")
final class EraseCommand implements Callable<Integer> {

    private static final String WHY = "asked by the person";
    private static final int SHOWN = 20;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private IssueOptions issue;

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description = "A list on which evidence may be kept, beside those that the topics name; may be repeated.")
    private List<String> lists = List.of();

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long the processor is waited for. Default: ${DEFAULT-VALUE}.")
    private Duration patience;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Parameters(paramLabel = "ADDRESS", description = "The address.")
    private String address;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        Issued issued = issue.nowOr(WHY);
        String normalised = normalised();
        List<SuppressionList> more = lists.stream().map(this::list).toList();
        ErasureReport report = cluster.withSuppressions(changes -> {
            Progress progress = ConsoleProgress.ofChanges(System.err, System.console() != null, "records", "changed");
            try {
                return changes.erasure()
                        .run(normalised, more, issued, () -> patience, new Watch(progress, () -> false));
            } finally {
                progress.finished();
            }
        });
        print(report);
        tellWhatIsMissing(report);
        return (report.complete() ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private String normalised() {
        try {
            return EmailAddress.parse(address).toString();
        } catch (InvalidAddressException e) {
            throw new ParameterException(spec.commandLine(), "ADDRESS: " + e.getMessage());
        }
    }

    private SuppressionList list(String text) {
        try {
            return SuppressionList.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    private void print(ErasureReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report));
        } else {
            out.println((report.complete() ? "Erased on " : "Asked to be erased on ") + names(report.lists()));
            out.println(
                    report.suppressed().isEmpty()
                            ? "  It was suppressed nowhere; nothing stands in for it."
                            : "  Stays suppressed on " + names(report.suppressed()) + " by " + report.standIn());
            out.println("  Earlier commands about it: " + report.commands()
                    + (report.processed() ? ", erased" : ", not erased yet"));
            out.println("What goes later, or by other hands:");
            report.remains()
                    .forEach(remainder -> out.println("  * " + remainder.where() + ": until " + remainder.until()));
        }
        out.flush();
    }

    /** How many lists, and the first of them. */
    private static String names(List<String> lists) {
        String shown = String.join(", ", lists.subList(0, Math.min(SHOWN, lists.size())));
        String more = lists.size() > SHOWN ? ", ..." : "";
        return lists.size() + (lists.size() == 1 ? " list: " : " lists: ") + shown + more;
    }

    private void tellWhatIsMissing(ErasureReport report) {
        PrintWriter err = spec.commandLine().getErr();
        if (!report.processed()) {
            err.println("rebound: not complete: the processor has not carried it out within " + patience.toSeconds()
                    + " s. Is it running, with the application.id of this configuration? The erasure is durable, and is"
                    + " carried out when it runs; give it once more then, to erase the commands themselves.");
        }
        if (!report.left().isEmpty()) {
            err.println("rebound: not complete: something new was heard of the address on "
                    + String.join(", ", report.left()) + "; give it once more.");
        }
        err.flush();
    }
}
