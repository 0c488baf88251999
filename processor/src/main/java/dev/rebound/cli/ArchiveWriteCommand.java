package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.archive.ArchiveTopic;
import dev.rebound.archive.ArrivalSpan;
import dev.rebound.archive.WriteReport;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From the topic into files. */
@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        description = {
            "Adds to an archive what topic delivery-events has and the archive has not, up to the end that the topic has at the"
                    + " start. Never changes files that are complete.",
            "After Ctrl-C or a crash the same command goes on. Records that the topic had deleted before they were archived are"
                    + " told, and noted in the archive."
        })
final class ArchiveWriteCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "The archive's directory; made when it is not there.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description =
                    "Where to begin in partitions of which nothing is archived yet: the first record that arrived then or"
                            + " later, such as 2026-03-01T00:00:00Z. Default: the first that is there.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description =
                    "Ends before the first record that arrived then or later. Default: the topic's end at the start.")
    private Instant to;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(
                    spec.commandLine(), "--from: " + from + " (expected: a moment before --to, " + to + ")");
        }
        ReboundConfig config = cluster.config();
        Progress progress = ArchiveCommand.progress("files complete");
        StopOnSignal stop = new StopOnSignal();
        try (Connections connections = new Connections(config, ArchiveCommand.PATIENCE)) {
            WriteReport report = new ArchiveTopic(config, connections.writerSchemas(), connections.schemas())
                    .write(directory, new ArrivalSpan(from, to), progress, stop);
            progress.finished();
            print(report);
            warn(report);
            return ExitCode.OK.code();
        } finally {
            progress.finished();
            stop.done();
        }
    }

    private void print(WriteReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? ArchiveCommand.json(report)
                        : "Archived " + report.records() + " records of " + report.topic() + " in " + report.files()
                                + " files of " + report.bytes() + " bytes.");
        out.flush();
    }

    private void warn(WriteReport report) {
        PrintWriter err = spec.commandLine().getErr();
        report.gaps()
                .forEach(gap -> err.println("rebound: " + ArchiveCommand.text(gap) + ": " + report.topic()
                        + " had deleted them before they were archived; archive more often, or give the topic a longer"
                        + " retention.ms"));
        report.tooEarly()
                .forEach(gap ->
                        err.println("rebound: " + ArchiveCommand.text(gap) + ": nothing can be added before what is"
                                + " archived; archive them to another directory with --from and --to"));
        if (report.unknownSchema() > 0) {
            err.println("rebound: " + report.unknownSchema()
                    + " records are archived without the schema that their values refer to, as the registry does not have"
                    + " it or it is not Avro");
        }
        if (!report.complete()) {
            err.println("Stopped before the end; the same command goes on where this one stopped.");
        }
        err.flush();
    }
}
