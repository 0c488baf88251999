package dev.rebound.cli;

import dev.rebound.replay.ReplayName;
import dev.rebound.replay.Replays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a replay. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows what a replay is and how far it is.")
final class ReplayStatusCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ReplayName replay = new ReplayName(name);
        try (Replays replays = new Replays(cluster.config())) {
            return ReplayText.result(
                    replays.get(replay), json, spec.commandLine().getOut());
        }
    }
}
