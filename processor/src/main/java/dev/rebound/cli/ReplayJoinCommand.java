package dev.rebound.cli;

import dev.rebound.replay.ReplayStatus;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lends a replay another instance. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description =
                "Lends a replay that is under way the strength of this machine, until it is at its end or Ctrl-C is pressed.")
final class ReplayJoinCommand implements Callable<Integer> {

    @Mixin
    private ReplayOptions options;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        ReplayStatus end = options.with(
                (replays, replay) -> ReplayWatch.run(spec, (stop, watcher) -> replays.join(replay, stop, watcher)));
        return ReplayText.result(end, json, spec.commandLine().getOut());
    }
}
