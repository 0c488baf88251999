package dev.rebound.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.CommandIds;
import dev.rebound.suppressions.Issued;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands about single addresses share. */
final class AddressCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ListOptions list;

    @Mixin
    private IssueOptions issue;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "Id of the command. The same id and --issued-at again counts once, whatever happened in between;"
                            + " the same id alone, only until the address is removed. Default: a new one.")
    private String id;

    @Option(
            names = "--issued-at",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description =
                    "When the command was given, ISO 8601: it stands among what else happened by this time. Default:"
                            + " now.")
    private Instant issuedAt;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "Addresses, or @domain for whole domains.")
    private List<String> addresses;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Gives a command about each address, and prints those that are durable.
     *
     * @param expiry when what it brings ends; null: never
     * @param fields sets what only this action has
     * @throws ParameterException when an address or an option cannot be used; then nothing is written
     */
    int give(SuppressionAction action, Expiry expiry, Consumer<SuppressionCommand.Builder> fields)
            throws IOException, InvalidImportException {
        List<SuppressionCommand> commands = commands(action, expiry, fields);
        return cluster.withSuppressions(changes -> {
            changes.give(commands);
            print(commands);
            return ExitCode.OK.code();
        });
    }

    /** The commands that {@link #give} gives. */
    List<SuppressionCommand> commands(
            SuppressionAction action, Expiry expiry, Consumer<SuppressionCommand.Builder> fields) {
        Issued issued = issued();
        SuppressionCommand.Builder template = SuppressionCommand.newBuilder()
                .setCommandId(id == null ? CommandIds.fresh() : id)
                .setIssuedAt(issued.at())
                .setAction(action)
                .setExpires(end(expiry, issued.at()))
                .setSource(SuppressionSource.OPERATOR)
                .setBy(issued.by())
                .setWhy(issued.why());
        fields.accept(template);
        SuppressionList on = list.list();
        List<SuppressionCommand> commands = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            commands.add(command(template, on, i));
        }
        return commands;
    }

    private Issued issued() {
        Issued now = issue.now();
        return issuedAt == null ? now : new Issued(now.by(), now.why(), issuedAt);
    }

    private Instant end(Expiry expiry, Instant issued) {
        Instant end = expiry == null ? null : expiry.from(issued);
        if (end != null && !end.isAfter(Instant.now())) {
            throw new ParameterException(spec.commandLine(), "--expires: " + end + " is over (expected: a later time)");
        }
        return end;
    }

    private SuppressionCommand command(SuppressionCommand.Builder template, SuppressionList on, int place) {
        try {
            SuppressionKey key = SuppressionKey.of(on, addresses.get(place));
            if (key.isErased()) {
                throw refused(place, "the stand-in of an erased address (expected: the address itself)");
            }
            SuppressionCommand command = SuppressionCommand.newBuilder(template)
                    .setList(on.text())
                    .setAddress(key.address())
                    .build();
            Commands.check(command, Instant.now());
            return command;
        } catch (InvalidAddressException e) {
            throw refused(place, e.getMessage());
        } catch (InvalidCommandException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--" + e.getMessage().replace("commandId", "id").replace("issuedAt", "issued-at"));
        }
    }

    /** By its place: what a user types is not repeated, since error output is kept in many a place. */
    private ParameterException refused(int place, String why) {
        return new ParameterException(
                spec.commandLine(), "ADDRESS " + (place + 1) + " of " + addresses.size() + ": " + why);
    }

    private void print(List<SuppressionCommand> commands) {
        PrintWriter out = spec.commandLine().getOut();
        for (SuppressionCommand command : commands) {
            if (json) {
                out.println(json(command));
            } else {
                out.printf(
                        "%-6s  %s  %s  %s%n",
                        command.getAction(), command.getList(), command.getAddress(), command.getCommandId());
            }
        }
        out.flush();
    }

    private static String json(SuppressionCommand command) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("commandId", command.getCommandId());
        shown.put("action", command.getAction().name());
        shown.put("list", command.getList());
        shown.put("address", command.getAddress());
        try {
            return JSON.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
