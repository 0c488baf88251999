package dev.rebound.cli;

import dev.rebound.archive.VerifyArchive;
import dev.rebound.check.Finding;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether an archive is as it was written. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads all files of an archive and compares digests, numbers of records and offsets with the manifest. Needs no"
                    + " broker.",
            "FAILED has to be mended, NOTED should be known. Ends with 1 when something failed."
        })
final class ArchiveVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The archive's directory.")
    private Path directory;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Progress progress = ArchiveCommand.progress("files checked");
        try {
            List<Finding> findings = VerifyArchive.run(directory, progress);
            progress.finished();
            return FindingsOutput.print(findings, json, ExitCode.FAILED, spec.commandLine());
        } finally {
            progress.finished();
        }
    }
}
