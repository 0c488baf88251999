package dev.rebound.cli;

import dev.rebound.replay.ReplayName;
import dev.rebound.replay.Replays;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a replay. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a replay, wherever it runs; rebound replay start --name NAME goes on with it.")
final class ReplayStopCommand implements Callable<Integer> {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ReplayName replay = new ReplayName(name);
        try (Replays replays = new Replays(cluster.config())) {
            return ReplayText.result(
                    replays.stop(replay, AT_MOST), json, spec.commandLine().getOut());
        }
    }
}
