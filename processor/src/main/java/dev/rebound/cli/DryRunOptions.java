package dev.rebound.cli;

import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.Progress;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.Watch;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether something large is done or only tried, and who watches it. */
final class DryRunOptions {

    @Option(names = "--yes", description = "Does it. Without this option nothing is written.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Shows what would be done; so it is without --yes.")
    private boolean dryRun;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** It is to be done. @throws ParameterException when both options are given */
    boolean yes() {
        if (yes && dryRun) {
            throw new ParameterException(spec.commandLine(), "--yes does not go with --dry-run.");
        }
        return yes;
    }

    /** Work that somebody watches. */
    @FunctionalInterface
    interface Watched<T> {
        T by(Watch watch) throws IOException, InvalidImportException;
    }

    /** Does work with progress on standard error, which Ctrl-C ends where nothing is half done. */
    static <T> T watched(String units, String changed, Watched<T> work) throws IOException, InvalidImportException {
        Progress progress = ConsoleProgress.ofChanges(System.err, System.console() != null, units, changed);
        StopOnSignal stop = new StopOnSignal();
        try {
            return work.by(new Watch(progress, stop));
        } finally {
            progress.finished();
            stop.done();
        }
    }

    /** Says on standard error how the work ended. */
    void conclude(boolean complete, long written) {
        String said = !complete && written == 0
                ? "Stopped; nothing was written."
                : !complete
                        ? "Stopped: " + written + " commands were written; running it again continues."
                        : yes ? "Wrote " + written + " commands." : "Nothing was written. Add --yes to do it.";
        spec.commandLine().getErr().println(said);
        spec.commandLine().getErr().flush();
    }
}
