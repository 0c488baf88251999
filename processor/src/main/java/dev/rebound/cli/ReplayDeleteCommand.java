package dev.rebound.cli;

import dev.rebound.replay.ReplayName;
import dev.rebound.replay.Replays;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ReplayName replay = new ReplayName(name);
        PrintWriter out = spec.commandLine().getOut();
        try (Replays replays = new Replays(cluster.config())) {
            replays.delete(replay).forEach(line -> out.println("deleted " + line));
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
