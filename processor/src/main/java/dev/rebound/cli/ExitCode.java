package dev.rebound.cli;

import dev.rebound.app.ProcessingStoppedException;
import dev.rebound.app.StateDirectoryException;
import dev.rebound.app.TopicsException;
import dev.rebound.app.Trouble;
import dev.rebound.archive.RestoreRefusedException;
import dev.rebound.serde.SchemaRegistryException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What the exit code of a command says. 3 is left out: a virtual machine with {@code -XX:+ExitOnOutOfMemoryError} ends with it.
 */
public enum ExitCode {
    /** The command did what it was asked; for a process that runs until it is told to stop: it stopped in order. */
    OK(0, "Done; or stopped in order, as asked."),
    /** None of the others. */
    FAILED(1, "Could not be done; standard error says why."),
    /** Given by the command line's own library. */
    USAGE(2, "The command line is wrong."),
    /** They do not answer, or they refuse this user. */
    UNREACHABLE(4, "Brokers, schema registry or the instance that was asked do not answer, or refuse this user."),
    /** Nothing that waiting mends. */
    NOT_PREPARED(5, "Topics or schemas are missing or wrong."),
    /** A fault that would come again. */
    STOPPED(6, "Processing stopped on a fault that does not pass by itself."),
    /** What was not committed is done again by the next start. */
    STOPPED_LATE(7, "Stopped as asked, but not in time; the next start does the uncommitted part again."),
    /** Another instance has it, or it cannot be written. */
    STATE_DIRECTORY(8, "The state directory is in use by another instance, or cannot be written."),
    /** A key or a value of the configuration. */
    CONFIGURATION(9, "The configuration is wrong.");

    /** How Kafka's clients begin what they say when they cannot even be made from their settings. */
    private static final String NOT_MADE = "Failed to c";

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number, as the operating system sees it. */
    public int code() {
        return code;
    }

    /** Codes as text with their sentences, in order, for help texts and documentation. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            meanings.put(Integer.toString(exit.code), exit.meaning);
        }
        return meanings;
    }

    /** The one for what a command could not be done for; {@link #FAILED} when nothing says more. */
    static ExitCode of(Throwable problem) {
        return Trouble.causes(problem)
                .map(ExitCode::ofOne)
                .filter(code -> code != FAILED)
                .findFirst()
                .orElse(FAILED);
    }

    private static ExitCode ofOne(Throwable problem) {
        if (problem instanceof ProcessingStoppedException) {
            return STOPPED;
        }
        if (problem instanceof StateDirectoryException) {
            return STATE_DIRECTORY;
        }
        if (problem instanceof TopicsException || problem instanceof RestoreRefusedException) {
            return NOT_PREPARED;
        }
        if (problem instanceof SchemaRegistryException registry) {
            return registry.kind() == SchemaRegistryException.Kind.SCHEMA ? NOT_PREPARED : UNREACHABLE;
        }
        // Before the configuration: a broker's name that cannot be resolved yet looks like a wrong key.
        if (Trouble.mayPass(problem)) {
            return UNREACHABLE;
        }
        if (problem instanceof ConfigException || isNotMade(problem)) {
            return CONFIGURATION;
        }
        if (problem instanceof UnreachableInstanceException) {
            return UNREACHABLE;
        }
        boolean unreachable = problem instanceof AuthenticationException || problem instanceof AuthorizationException;
        return unreachable ? UNREACHABLE : FAILED;
    }

    /** A client of Kafka could not be made: some key of its configuration, such as that of a key store, is wrong. */
    static boolean isNotMade(Throwable problem) {
        return problem instanceof KafkaException
                && problem.getMessage() != null
                && problem.getMessage().startsWith(NOT_MADE);
    }
}
