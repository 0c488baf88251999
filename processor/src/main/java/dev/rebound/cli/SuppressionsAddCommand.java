package dev.rebound.cli;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Suppresses addresses. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Suppresses addresses, or all addresses of domains. Returns when that is durable.")
final class SuppressionsAddCommand implements Callable<Integer> {

    @Mixin
    private AddressCommands commands;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            defaultValue = "MANUAL",
            description = "BOUNCE, COMPLAINT, UNSUBSCRIBE or MANUAL. Default: ${DEFAULT-VALUE}.")
    private SuppressionReason reason;

    @Option(
            names = "--category",
            paramLabel = "NAME",
            description = "Category of the bounce, where it is known; of scope RECIPIENT or DOMAIN.")
    private String category;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Expiry.Converter.class,
            description = "When it ends: after 30d or 12h, at 2027-01-01T00:00:00Z, or never. Default: never.")
    private Expiry expires;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        if (reason == SuppressionReason.UNKNOWN) {
            throw new ParameterException(
                    spec.commandLine(), "--reason: UNKNOWN (expected: BOUNCE, COMPLAINT, UNSUBSCRIBE or MANUAL)");
        }
        return commands.give(SuppressionAction.ADD, expires, command -> command.setReason(reason)
                .setCategory(category == null ? null : category.toUpperCase(Locale.ROOT)));
    }
}
