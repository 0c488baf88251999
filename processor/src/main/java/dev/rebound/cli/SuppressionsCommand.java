package dev.rebound.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and changes which addresses must not be written to. */
@Command(
        name = "suppressions",
        mixinStandardHelpOptions = true,
        description = "Shows and changes which addresses must not be written to.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SuppressionsAddCommand.class,
            SuppressionsExtendCommand.class,
            SuppressionsImportCommand.class,
            SuppressionsRemoveCommand.class,
            SuppressionsRemoveWhereCommand.class
        })
final class SuppressionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
