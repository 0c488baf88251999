package dev.rebound.cli;

import dev.rebound.replay.ReplayStatus;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops a replay. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a replay, wherever it runs; rebound replay start --name NAME goes on with it.")
final class ReplayStopCommand implements Callable<Integer> {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @Mixin
    private ReplayOptions options;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        ReplayStatus stopped = options.with((replays, replay) -> replays.stop(replay, AT_MOST));
        return ReplayText.result(stopped, json, spec.commandLine().getOut());
    }
}
