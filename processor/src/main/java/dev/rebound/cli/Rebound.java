package dev.rebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "rebound",
        mixinStandardHelpOptions = true,
        version = "rebound 0.1.0",
        description = "Classifies e-mail delivery events: bounce or not, hard or soft, why, and whose fault.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ArchiveCommand.class,
            ClassifyCommand.class,
            CodesCommand.class,
            ConfigCommand.class,
            EraseCommand.class,
            GenerateCommand.class,
            IngestCommand.class,
            PolicyCommand.class,
            ProvidersCommand.class,
            ReplayCommand.class,
            RulesCommand.class,
            RunCommand.class,
            StatsCommand.class,
            SuppressionsCommand.class,
            TopicsCommand.class,
            VerpCommand.class
        })
public final class Rebound implements Callable<Integer> {

    /** System property: errors come with their stack trace. */
    static final String STACKTRACE = "rebound.stacktrace";

    @Spec
    private CommandSpec spec;

    /**
     * The command line with all commands of the processor; a caller can add its own.
     *
     * <p>Errors that a user can mend are told in a sentence. With system property {@code rebound.stacktrace} they come with
     * their stack trace. Exit codes are those of {@link ExitCode}.
     */
    public static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Rebound());
        CommandLine run = root.getSubcommands().get("run");
        run.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Rebound::runAndLook)
                .setExecutionExceptionHandler(Rebound::explain);
    }

    /** Runs a command. Its result counts only once it has been written, and writers keep their errors to themselves. */
    private static int runAndLook(ParseResult parsed) {
        int exit = new RunLast().execute(parsed);
        CommandLine root = parsed.commandSpec().commandLine();
        // The usual writer is around a stream that keeps its errors, too.
        if (root.getOut().checkError() | System.out.checkError()) {
            throw new ExecutionException(
                    root, "writing the result", new IOException("standard output cannot be written"));
        }
        return exit;
    }

    private static int explain(Exception problem, CommandLine commandLine, ParseResult result) {
        PrintWriter err = commandLine.getErr();
        err.println("rebound: " + message(problem));
        if (Boolean.getBoolean(STACKTRACE)) {
            problem.printStackTrace(err);
        }
        return ExitCode.of(problem).code();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static String message(Exception problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "cannot read " + missing.getFile() + ": there is no such file";
        }
        if (problem instanceof ConfigException) {
            return "configuration: " + problem.getMessage();
        }
        if (problem instanceof TimeoutException || problem.getCause() instanceof TimeoutException) {
            return "the brokers do not answer (" + problem.getMessage()
                    + "); check --bootstrap-server, or start the local stack with: rebound local";
        }
        if (problem instanceof KafkaException && problem.getCause() instanceof ConfigException) {
            return "configuration: " + problem.getCause().getMessage();
        }
        if (ExitCode.isNotMade(problem)) {
            // The reason is further down, and can quote a password that stands at the wrong place.
            return problem.getMessage() + "; rebound config check says which key is wrong";
        }
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }
}
