package dev.rebound.cli;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.config.ConfigSources;
import dev.rebound.config.ReboundConfig;
import dev.rebound.mail.Verp;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs and checks envelope senders, so that a sender can compare its own implementation. */
@Command(
        name = "verp",
        mixinStandardHelpOptions = true,
        description = "Signs and checks envelope senders, as a sending system has to make them. Needs no cluster.",
        synopsisSubcommandLabel = "COMMAND")
final class VerpCommand implements Callable<Integer> {

    private static final String CONFIG =
            "Properties file with rebound.verp.format and rebound.verp.key; environment variables that start with "
                    + ConfigSources.ENVIRONMENT_PREFIX + " override it.";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: sign or check.");
    }

    @Command(
            name = "sign",
            mixinStandardHelpOptions = true,
            description = "Prints the envelope sender for a recipient.")
    Integer sign(
            @Option(names = "--config", paramLabel = "FILE", description = CONFIG) Path file,
            @Parameters(paramLabel = "ADDRESS", description = "Recipient, such as kim@example.org.") String recipient,
            @Option(names = "--id", description = "Id of the message, where the format has {id}.") String id,
            @Option(
                            names = "--date",
                            paramLabel = "DAY",
                            description = "Day of sending in UTC, such as 2026-11-25. Default: today.")
                    LocalDate date) {
        Verp verp = verp(file);
        try {
            String sender = verp.sign(recipient, id, date == null ? today() : date);
            PrintWriter out = spec.commandLine().getOut();
            out.println(sender);
            out.flush();
            int octets = sender.substring(0, sender.lastIndexOf('@')).getBytes(StandardCharsets.UTF_8).length;
            if (octets > Verp.LONGEST_LOCAL_PART) {
                spec.commandLine()
                        .getErr()
                        .println("The local part has " + octets + " octets; receivers may refuse more than "
                                + Verp.LONGEST_LOCAL_PART + " (RFC 5321 section 4.5.3.1.1).");
            }
            return ExitCode.OK.code();
        } catch (InvalidAddressException e) {
            throw new IllegalArgumentException(
                    "recipient: " + e.getMessage() + "; give an address such as kim@example.org", e);
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description =
                    "Prints recipient, day of sending and id that an envelope sender tells; ends with 1 when it is not"
                            + " valid.")
    Integer check(
            @Option(names = "--config", paramLabel = "FILE", description = CONFIG) Path file,
            @Parameters(paramLabel = "ADDRESS", description = "Envelope sender, as rebound verp sign prints it.")
                    String sender) {
        Verp.Reading reading = verp(file).check(sender, today());
        if (reading instanceof Verp.Refused refused) {
            spec.commandLine().getErr().println("rebound: " + refused.reason().sentence());
            return ExitCode.FAILED.code();
        }
        if (reading instanceof Verp.Valid valid) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("recipient " + valid.recipient());
            out.println("date " + valid.date());
            valid.id().ifPresent(id -> out.println("id " + id));
            out.flush();
        }
        return ExitCode.OK.code();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static Verp verp(Path file) {
        return ReboundConfig.verp(ConfigSources.read(file, System.getenv()))
                .orElseThrow(
                        () -> new ConfigException("rebound.verp.format and rebound.verp.key are not set; set both in"
                                + " the file of --config or in the environment"));
    }
}
