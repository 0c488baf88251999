package dev.rebound.cli;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lifts the suppression of addresses. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description =
                "Takes addresses off a list: they may be written to again, and the evidence up to now counts no more."
                        + " Returns when that is durable.")
final class SuppressionsRemoveCommand implements Callable<Integer> {

    @Mixin
    private AddressCommands commands;

    @Override
    public Integer call() throws IOException, InvalidImportException {
        return commands.give(SuppressionAction.REMOVE, null, command -> {});
    }
}
