package dev.rebound.cli;

import dev.rebound.replay.Replays;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a replay away. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description =
                "Takes a replay away: its topics, consumer groups and schemas, and its state on this machine. Nothing else;"
                        + " what was promoted stays.")
final class ReplayDeleteCommand implements Callable<Integer> {

    @Mixin
    private ReplayOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        PrintWriter out = spec.commandLine().getOut();
        options.with(Replays::delete).forEach(line -> out.println("deleted " + line));
        out.flush();
        return ExitCode.OK.code();
    }
}
