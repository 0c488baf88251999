package dev.rebound.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.rebound.archive.OffsetGap;
import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Files of {@code delivery-events}. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Keeps delivery events in files for longer than their topic does, and brings them back.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ArchiveWriteCommand.class,
            ArchiveListCommand.class,
            ArchiveVerifyCommand.class,
            ArchiveRestoreCommand.class
        })
final class ArchiveCommand implements Callable<Integer> {

    /** How long a look-up waits for the registry. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: write, list, verify or restore.");
    }

    /** The result as JSON, times in ISO 8601. */
    static String json(Object result) throws JsonProcessingException {
        return JSON.writeValueAsString(result);
    }

    /** Progress on standard error. */
    static Progress progress(String changed) {
        return ConsoleProgress.ofChanges(System.err, System.console() != null, "records", changed);
    }

    /** A gap as text, such as {@code partition 3, offsets 7 to 9}. */
    static String text(OffsetGap gap) {
        return "partition " + gap.partition() + ", offsets " + gap.from() + " to " + (gap.to() - 1);
    }
}
