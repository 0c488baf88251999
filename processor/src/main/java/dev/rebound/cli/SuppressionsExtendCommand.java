package dev.rebound.cli;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the suppression of addresses last longer. */
@Command(
        name = "extend",
        mixinStandardHelpOptions = true,
        description =
                "Lets suppressions that are in force last longer; what is not suppressed stays so. Returns when that is"
                        + " durable.")
final class SuppressionsExtendCommand implements Callable<Integer> {

    @Mixin
    private AddressCommands commands;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            required = true,
            converter = Expiry.Converter.class,
            description =
                    "The new end: 30d or 12h from now, 2027-01-01T00:00:00Z, or never. An earlier end than the present"
                            + " one changes nothing.")
    private Expiry expires;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        return commands.give(SuppressionAction.EXTEND, expires, command -> {});
    }
}
