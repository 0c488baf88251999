package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.check.TopicsCheck;
import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates and checks Rebound's topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates and checks Rebound's topics and schemas.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: create or check.");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates the topics that are missing and registers all schemas. What exists stays as it is.")
    Integer create(@Mixin ClusterOptions cluster) {
        ReboundConfig config = cluster.config();
        try (Connections connections = new Connections(config, Duration.ZERO)) {
            List<String> created = new TopicAdmin(config).create(connections.schemas());
            spec.commandLine()
                    .getErr()
                    .println(created.isEmpty() ? "All topics exist." : "Created " + String.join(", ", created) + ".");
            spec.commandLine().getErr().println("All schemas are registered.");
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Compares the topics with their declaration, and names the command that mends each difference.",
                "FAILED breaks what Rebound guarantees, NOTED may be meant so. Ends with 5 when something failed."
            })
    Integer check(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "A JSON object a line.") boolean json) {
        return FindingsOutput.print(
                TopicsCheck.findings(cluster.config()), json, ExitCode.NOT_PREPARED, spec.commandLine());
    }
}
