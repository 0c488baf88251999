package dev.rebound.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What became of mail, by receiving domain. */
@Command(
        name = "domains",
        mixinStandardHelpOptions = true,
        description =
                "Shows what became of mail, by receiving domain. The percentage is of messages that were delivered.")
final class StatsDomainsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StatsList list;

    @Override
    public Integer call() throws IOException {
        list.print(spec, "domains");
        return ExitCode.OK.code();
    }
}
