package dev.rebound.cli;

import dev.rebound.compare.Comparison;
import dev.rebound.compare.Settings;
import dev.rebound.replay.ReplayName;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares a replay. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Compares what came of a replay with what live decided, or with another replay of the same events: events,"
                        + " suppressions, statistics.")
final class ReplayDiffCommand implements Callable<Integer> {

    private static final int MOST_SAMPLES = 1_000;

    @Mixin
    private ReplayOptions options;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "Another replay, of the same span and filters. Default: live.")
    private String against;

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page that stands alone, too.")
    private Path html;

    @Option(names = "--addresses", description = "Recipients are shown in full on the page.")
    private boolean addresses;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "3",
            description = "So many sample events of each domain. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        if (samples < 0 || samples > MOST_SAMPLES) {
            throw new ParameterException(
                    spec.commandLine(), "--samples: " + samples + " (expected: 0 to " + MOST_SAMPLES + ")");
        }
        Optional<ReplayName> other = Optional.ofNullable(against).map(ReplayName::new);
        Settings settings = Settings.standard(Instant.now()).withSamples(samples);
        Comparison comparison = options.with((replays, replay) ->
                DryRunOptions.watched("records", "differ", watch -> replays.compare(replay, other, settings, watch)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ReplayDiffOutput.json(comparison, out);
        } else {
            ReplayDiffOutput.table(comparison, out);
        }
        if (html != null) {
            ReplayDiffOutput.html(comparison, addresses, html);
            spec.commandLine().getErr().println("Wrote " + html + ".");
        }
        return ExitCode.OK.code();
    }
}
