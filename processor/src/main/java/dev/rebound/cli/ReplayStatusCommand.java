package dev.rebound.cli;

import dev.rebound.replay.Replays;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a replay. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows what a replay is and how far it is.")
final class ReplayStatusCommand implements Callable<Integer> {

    @Mixin
    private ReplayOptions options;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        return ReplayText.result(
                options.with(Replays::get), json, spec.commandLine().getOut());
    }
}
