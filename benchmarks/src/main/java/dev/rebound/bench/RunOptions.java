package dev.rebound.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much is run. */
final class RunOptions {

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many events each run processes. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often each is run, after one run to warm up. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    long events() {
        return events;
    }

    int runs() {
        return runs;
    }

    /** @throws ParameterException when there is nothing to run */
    void check() {
        refuseNonsense(spec, events, runs);
    }

    static void refuseNonsense(CommandSpec spec, long events, int runs) {
        if (events < 1 || runs < 1) {
            throw new ParameterException(spec.commandLine(), "--events and --runs: 1 or more.");
        }
    }
}
