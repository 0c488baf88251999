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

/** Lends a replay another instance. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description =
                "Lends a replay that is under way the strength of this machine, until it is at its end or Ctrl-C is pressed.")
final class ReplayJoinCommand implements Callable<Integer> {

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
                    ReplayWatch.run(spec, (stop, watcher) -> replays.join(replay, stop, watcher)),
                    json,
                    spec.commandLine().getOut());
        }
    }
}
