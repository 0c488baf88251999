package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.config.ReboundConfig;
import dev.rebound.promote.Conflict;
import dev.rebound.promote.ReplayChanges;
import dev.rebound.replay.ReplayName;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.topology.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands share by which a replay changes live. */
final class ReplayChangesOptions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the replay.")
    private String name;

    @Option(
            names = "--skip-conflicts",
            description =
                    "Leaves out what live says otherwise meanwhile, and does the rest. Without this option, nothing is"
                            + " done when there is such.")
    private boolean skipConflicts;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Work with the changes of a replay. */
    @FunctionalInterface
    interface Work<T> {
        T by(ReplayChanges changes, ReboundConfig config, Connections connections)
                throws IOException, InvalidImportException;
    }

    /**
     * Does work over connections that are closed afterwards.
     *
     * @throws ParameterException when the name cannot be a replay's
     * @throws dev.rebound.app.TopicsException when live's topics are missing
     */
    <T> T with(Work<T> work) throws IOException, InvalidImportException {
        if (!ReplayName.isOne(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME: " + name + " (expected: 1 to 40 of a-z, 0-9 and -, the first of them no -)");
        }
        ReboundConfig config = cluster.config();
        Topics live = config.topics();
        new TopicAdmin(config).require(List.of(live.suppressions(), live.suppressionCommands(), live.statusCodes()));
        Topics replay = config.replayTopics(name);
        try (Connections connections = new Connections(config, PATIENCE);
                ReplayChanges changes =
                        ReplayChanges.of(config, replay, connections.writerSchemas(), connections.schemas())) {
            return work.by(changes, config, connections);
        }
    }

    String name() {
        return name;
    }

    boolean skipsConflicts() {
        return skipConflicts;
    }

    boolean json() {
        return json;
    }

    void print(Object report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new ObjectMapper().writeValueAsString(report));
        out.flush();
    }

    /** A line with a count, unless it is 0. */
    static void line(PrintWriter out, long count, String what) {
        if (count > 0) {
            out.printf("  %9d  %s%n", count, what);
        }
    }

    /** The first conflicts, and how many there are beside them. */
    static void print(PrintWriter out, List<Conflict> named, long conflicts) {
        named.forEach(conflict -> out.println("             " + conflict.key() + ": " + conflict.reason()));
        if (conflicts > named.size()) {
            out.println("             and " + (conflicts - named.size()) + " more");
        }
    }

    /** What the command ends with. Conflicts that were not to be skipped are told on standard error. */
    int exit(boolean yes, boolean refused, long conflicts) {
        if (!yes || conflicts == 0 || skipConflicts) {
            return ExitCode.OK.code();
        }
        spec.commandLine()
                .getErr()
                .println("rebound: " + conflicts + " conflicts; "
                        + (refused ? "nothing was written" : "they came up meanwhile and were left out")
                        + ". See to them, or do the rest with --skip-conflicts.");
        spec.commandLine().getErr().flush();
        return ExitCode.FAILED.code();
    }
}
