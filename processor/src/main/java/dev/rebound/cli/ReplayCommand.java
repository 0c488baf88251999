package dev.rebound.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The past once more. Each subcommand is a class of its own. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Goes over past events once more, beside the live processor and by other rules if so wished; compares what"
                        + " comes of it with what was decided then.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReplayStartCommand.class,
            ReplayListCommand.class,
            ReplayStatusCommand.class,
            ReplayJoinCommand.class,
            ReplayStopCommand.class,
            ReplayDiffCommand.class,
            ReplayPromoteCommand.class,
            ReplayRollbackCommand.class,
            ReplayDeleteCommand.class
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
