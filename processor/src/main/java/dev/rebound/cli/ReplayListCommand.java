package dev.rebound.cli;

import dev.rebound.replay.ReplayJson;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.replay.Replays;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists replays. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the replays that are there.")
final class ReplayListCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Replays replays = new Replays(cluster.config())) {
            List<ReplayStatus> all = replays.list();
            all.forEach(replay -> out.println(json ? ReplayJson.of(replay).toString() : ReplayText.row(replay)));
            if (all.isEmpty()) {
                spec.commandLine().getErr().println("There are no replays; rebound replay start makes one.");
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
