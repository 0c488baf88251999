package dev.rebound.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which addresses must not be written to. Each subcommand is a class of its own. */
@Command(
        name = "suppressions",
        mixinStandardHelpOptions = true,
        description = "Shows and changes which addresses must not be written to.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SuppressionsCheck.class,
            SuppressionsExport.class,
            SuppressionsHistory.class,
            SuppressionsList.class,
            SuppressionsShow.class,
            SuppressionsAddCommand.class,
            SuppressionsExtendCommand.class,
            SuppressionsImportCommand.class,
            SuppressionsRemoveCommand.class,
            SuppressionsRemoveWhereCommand.class
        })
final class SuppressionsCommand implements Callable<Integer> {

    /** Where instances answer. */
    static final String PATH = "/api/v1/suppressions";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
