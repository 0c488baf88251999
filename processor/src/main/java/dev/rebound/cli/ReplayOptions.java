package dev.rebound.cli;

import dev.rebound.replay.ReplayName;
import dev.rebound.replay.Replays;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which replay a command is about, on which cluster. */
final class ReplayOptions {

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    /** Work on a replay. */
    @FunctionalInterface
    interface Work<T> {
        T on(Replays replays, ReplayName replay) throws IOException, InvalidImportException;
    }

    /**
     * Does work, over connections that are closed afterwards.
     *
     * @throws IllegalArgumentException when the name cannot be a replay's
     */
    <T> T with(Work<T> work) throws IOException, InvalidImportException {
        ReplayName replay = new ReplayName(name);
        try (Replays replays = new Replays(cluster.config())) {
            return work.on(replays, replay);
        }
    }
}
