package dev.rebound.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What became of mail. Each subcommand is a class of its own. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Shows what became of mail, by receiving domain or provider.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StatsDomainCommand.class, StatsDomainsCommand.class, StatsProvidersCommand.class})
final class StatsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
