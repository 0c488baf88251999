package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Removal;
import dev.rebound.suppressions.RemovalSelection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lifts many suppressions at once. */
@Command(
        name = "remove-where",
        mixinStandardHelpOptions = true,
        description =
                "Removes all suppressions of a kind: the cure for a provider's outage, in which good addresses"
                        + " bounced. Shows what it would do; --yes does it. At least one of --provider, --category, --rule and"
                        + " --domain has to be there. What somebody added or imported stays, unless --any-source says otherwise.")
final class SuppressionsRemoveWhereCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private DryRunOptions dryRun;

    @Mixin
    private IssueOptions issue;

    @Option(names = "--provider", paramLabel = "NAME", description = "Host of the receiving domain, such as google.")
    private String provider;

    @Option(names = "--category", paramLabel = "NAME", description = "Category of the last bounce.")
    private String category;

    @Option(names = "--rule", paramLabel = "ID", description = "Rule of the policy that decided.")
    private String rule;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Domain of the addresses.")
    private String domain;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "Suppressed since this moment or later, ISO 8601.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Suppressed since before this moment, ISO 8601. Default: now.")
    private String to;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only lists of this tenant. Default: all lists.")
    private String tenant;

    @Option(names = "--list", paramLabel = "LIST", description = "Only this list: *, a tenant, or tenant/stream.")
    private String list;

    @Option(names = "--any-source", description = "Also what somebody added or imported.")
    private boolean anySource;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        Issued issued = dryRun.yes() ? issue.now() : null;
        RemovalSelection selection = selection();
        Removal removal = cluster.withSuppressions(changes -> DryRunOptions.watched(
                "entries",
                issued == null ? "found" : "removed",
                watch -> issued == null
                        ? changes.removal().dryRun(selection, watch)
                        : changes.removal().run(selection, issued, watch)));
        print(removal, issued == null);
        dryRun.conclude(removal.complete(), removal.written());
        return ExitCode.OK.code();
    }

    private RemovalSelection selection() {
        try {
            return new RemovalSelection(
                    provider,
                    category,
                    rule,
                    domain,
                    tenant,
                    list == null ? null : SuppressionList.parse(list),
                    time("--from", from),
                    to == null ? Instant.now() : time("--to", to),
                    anySource ? RemovalSelection.BY_ANYTHING : RemovalSelection.BY_POLICY);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + text + " (expected: such as 2026-03-01T00:00:00Z)");
        }
    }

    private void print(Removal removal, boolean tried) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(removal));
        } else {
            out.println((tried ? "Would remove " : "Removed ") + removal.found() + " suppressions");
            line(out, "by list", removal.byList());
            line(out, "by category", removal.byCategory());
            line(out, "by provider", removal.byProvider());
            if (!removal.sample().isEmpty()) {
                out.println("  such as      " + String.join(", ", removal.sample()));
            }
        }
        out.flush();
    }

    private static void line(PrintWriter out, String name, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            out.printf("  %-11s  %s%n", name, CountsText.of(counts));
        }
    }
}
