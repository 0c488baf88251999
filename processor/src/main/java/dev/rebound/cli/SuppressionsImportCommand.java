package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.config.ReboundConfig;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.BadRow;
import dev.rebound.suppress.imports.ImportFormat;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.ImportReport;
import dev.rebound.suppressions.ImportRequest;
import dev.rebound.suppressions.Issued;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes over the suppression list of another system. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Suppresses the addresses of another system's list: CSV as Amazon SES, SendGrid, Mailgun and Postmark"
                        + " export it, recognised by its columns, or an address a line. Shows what it would do; --yes does it."
                        + " Importing a file again changes nothing. SendGrid's blocks are refused: they are about the sender.")
final class SuppressionsImportCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ListOptions list;

    @Mixin
    private DryRunOptions dryRun;

    @Mixin
    private IssueOptions issue;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Whose export it is, such as sendgrid-bounces, or plain. Default: by its first line.")
    private String format;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "File to read; - reads standard input.")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        Issued issued = dryRun.yes() ? issue.now() : null;
        ImportFormat known = format();
        ImportRequest request = new ImportRequest(TextInput.name(file), text(), known, list.list());
        ImportReport report = cluster.withSuppressions(changes -> {
            warnOfErased(cluster.isBlindToErased(request.list()));
            return DryRunOptions.watched(
                    "records",
                    "written",
                    watch -> issued == null
                            ? changes.imports().dryRun(request, watch)
                            : changes.imports().run(request, issued, watch));
        });
        print(report, request.list(), issued == null);
        tellBadRows(report);
        dryRun.conclude(report.complete(), report.written());
        return (report.good() == 0 && report.bad() > 0 ? ExitCode.FAILED : ExitCode.OK).code();
    }

    private void warnOfErased(boolean blind) {
        if (blind) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("rebound: addresses were erased from this list, and without the key " + ReboundConfig.ERASE_KEY
                    + " they cannot be recognised: rows with them are imported like others (expected: the key that the"
                    + " instances have)");
            err.flush();
        }
    }

    private ImportFormat format() {
        return format == null
                ? null
                : ImportFormat.named(format)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "--format: " + format + " (expected: one of "
                                        + Arrays.stream(ImportFormat.values())
                                                .map(ImportFormat::text)
                                                .collect(Collectors.joining(", "))
                                        + ")"));
    }

    /** A file is read twice; standard input can be only once, and is held in memory. */
    private ImportRequest.Text text() throws IOException {
        if (!TextInput.name(file).equals(file)) {
            String held = TextInput.read(file);
            return () -> new StringReader(held);
        }
        if (!Files.exists(Path.of(file))) {
            throw new NoSuchFileException(file);
        }
        return () -> TextInput.open(file);
    }

    private void print(ImportReport report, SuppressionList on, boolean tried) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report));
        } else {
            out.println((tried ? "Would import " : "Imported ") + (tried ? report.toWrite() : report.written()) + " of "
                    + report.rows() + " rows onto list " + on.text());
            row(out, "format", report.format());
            row(out, "by reason", CountsText.of(report.byReason()));
            row(out, "by category", CountsText.of(report.byCategory()));
            row(out, "bad", report.bad());
            row(out, "twice in the file", report.duplicates());
            row(out, "imported before", report.imported());
            row(out, "erased", report.erased());
            row(out, "suppressed already", report.suppressed());
        }
        out.flush();
    }

    private static void row(PrintWriter out, String name, Object value) {
        out.printf("  %-18s  %s%n", name, value);
    }

    private void tellBadRows(ImportReport report) {
        PrintWriter err = spec.commandLine().getErr();
        for (BadRow bad : report.badRows()) {
            err.println("row " + bad.row() + ": " + bad.reason());
        }
        if (report.bad() > report.badRows().size()) {
            err.println("and " + (report.bad() - report.badRows().size()) + " more bad rows");
        }
    }
}
