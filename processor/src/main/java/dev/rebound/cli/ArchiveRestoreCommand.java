package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.app.MendingCommands;
import dev.rebound.archive.Archive;
import dev.rebound.archive.RestoreReport;
import dev.rebound.archive.RestoreTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From files into a topic. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Writes all records of an archive into a topic: same partition, order, timestamp, key, value and headers, and a header"
                    + " rebound.source that names the place where each was.",
            "The topic has to be there, empty, with timestamps as the producer gives them; what is missing is named with the"
                    + " command that mends it. The schema registry has to know the archived schemas by their ids."
        })
final class ArchiveRestoreCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "DIR", description = "The archive's directory.")
    private Path directory;

    @Option(names = "--topic", required = true, paramLabel = "NAME", description = "The topic, by its full name.")
    private String topic;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Archive archive = Archive.open(directory);
        ReboundConfig config = cluster.config();
        Progress progress = ArchiveCommand.progress("restored");
        StopOnSignal stop = new StopOnSignal();
        try (Connections connections = new Connections(config, ArchiveCommand.PATIENCE)) {
            RestoreReport report = new RestoreTopic(config, connections.writerSchemas(), connections.schemas())
                    .restore(archive, topic, progress, stop);
            progress.finished();
            return print(report, new MendingCommands(config)).code();
        } finally {
            progress.finished();
            stop.done();
        }
    }

    private ExitCode print(RestoreReport report, MendingCommands commands) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? ArchiveCommand.json(report)
                        : "Restored " + report.records() + " of " + report.archived() + " records into " + topic + ".");
        out.flush();
        if (report.complete()) {
            return ExitCode.OK;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("Stopped before the end. To begin anew, delete the topic with: " + commands.deleteTopic(topic));
        err.flush();
        return ExitCode.FAILED;
    }
}
