package dev.rebound.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.rebound.check.ConfigCheck;
import dev.rebound.docs.ConfigurationPage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks and explains the configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks a configuration against its cluster, and explains all keys.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Callable<Integer> {

    /** Whatever the clients log on the way, the findings say once and in other words. */
    private static final List<String> CLIENTS = List.of("org.apache.kafka", "io.confluent");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: check or docs.");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies keys, brokers, credentials, permissions, topics, registry, schemas and this machine, within 20"
                        + " seconds, and prints what it found with the remedies.",
                "FAILED has to be mended, NOTED should be known, SKIPPED could not be looked at because something else"
                        + " failed. Ends with 1 when something failed."
            })
    Integer check(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "A JSON object a line.") boolean json)
            throws InterruptedException {
        if (!Boolean.getBoolean(Rebound.STACKTRACE)) {
            CLIENTS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
        }
        return FindingsOutput.print(ConfigCheck.run(cluster.keys()), json, ExitCode.FAILED, spec.commandLine());
    }

    @Command(
            name = "docs",
            mixinStandardHelpOptions = true,
            description = "Prints the reference page of all keys, as Markdown.")
    Integer docs() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(ConfigurationPage.text());
        out.flush();
        return ExitCode.OK.code();
    }
}
