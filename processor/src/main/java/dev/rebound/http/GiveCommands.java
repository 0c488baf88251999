package dev.rebound.http;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.Tenants;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.CommandIds;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.SuppressionChanges;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/** Gives commands about single addresses: one, or up to {@value #MOST} at a time. */
final class GiveCommands implements Handler {

    static final int MOST = 1_000;

    private static final String COMMANDS = "commands";
    private static final String ID = "commandId";
    private static final String ISSUED_AT = "issuedAt";
    private static final String ACTION = "action";
    private static final String LIST = "list";
    private static final String ADDRESS = "address";
    private static final String REASON = "reason";
    private static final String CATEGORY = "category";
    private static final String EXPIRES = "expires";
    private static final List<String> FIELDS =
            List.of(ACTION, LIST, ADDRESS, REASON, CATEGORY, EXPIRES, IssueFields.BY, IssueFields.WHY, ID, ISSUED_AT);
    private static final List<String> ACTIONS = List.of("ADD", "REMOVE", "EXTEND");
    private static final List<String> REASONS = List.of("BOUNCE", "COMPLAINT", "UNSUBSCRIBE", "MANUAL");

    /** Clocks differ; what is further ahead is a mistake, and would not count before its time. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final SuppressionChanges changes;

    GiveCommands(SuppressionChanges changes) {
        this.changes = changes;
    }

    @Override
    public void handle(Context context) {
        BodyFields body = BodyFields.of(context);
        List<SuppressionCommand> commands = commands(body);
        body.throwMistakes();
        OnCluster.get(() -> {
            changes.give(commands);
            return null;
        });
        context.status(HttpStatus.CREATED_201)
                .json(new Answer(commands.stream().map(Given::of).toList()));
    }

    /** What is answered. */
    private record Answer(List<Given> commands) {}

    /** A command that is durable. */
    private record Given(String commandId, String list, String address) {

        static Given of(SuppressionCommand command) {
            return new Given(command.getCommandId(), command.getList(), command.getAddress());
        }
    }

    private static List<SuppressionCommand> commands(BodyFields body) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<SuppressionCommand> commands = new ArrayList<>();
        if (!body.has(COMMANDS)) {
            add(body, now, commands);
            return commands;
        }
        body.refuseAllBut(List.of(COMMANDS));
        List<BodyFields> all = body.objects(COMMANDS);
        if (body.isRight() && (all.isEmpty() || all.size() > MOST)) {
            body.wrong(COMMANDS, all.size() + " commands (expected: 1 to " + MOST + ")");
        } else {
            all.forEach(one -> add(one, now, commands));
        }
        return commands;
    }

    private static void add(BodyFields fields, Instant now, List<SuppressionCommand> commands) {
        fields.refuseAllBut(FIELDS);
        SuppressionCommand.Builder command = read(fields, now);
        // A builder lacks what is wrong: it can be built only when nothing is.
        if (fields.isRight()) {
            SuppressionCommand built = command.build();
            try {
                Commands.check(built, Instant.now());
                commands.add(built);
            } catch (InvalidCommandException e) {
                fields.wrong(e.getMessage());
            }
        }
    }

    private static SuppressionCommand.Builder read(BodyFields fields, Instant now) {
        SuppressionCommand.Builder command = SuppressionCommand.newBuilder().setSource(SuppressionSource.OPERATOR);
        String id = fields.text(ID);
        command.setCommandId(id == null ? CommandIds.fresh() : id);
        Instant issuedAt = issuedAt(fields, now);
        command.setIssuedAt(issuedAt);
        Issued issued = IssueFields.read(fields, issuedAt);
        if (issued != null) {
            command.setBy(issued.by()).setWhy(issued.why());
        }
        SuppressionList list = list(fields);
        String address = address(fields);
        if (list != null && address != null) {
            command.setList(list.text()).setAddress(address);
        }
        String action = fields.oneOf(ACTION, ACTIONS);
        if (action != null) {
            readOf(SuppressionAction.valueOf(action), fields, now, command);
        } else if (fields.text(ACTION) == null) {
            fields.wrong(ACTION, "missing (expected: one of " + String.join(", ", ACTIONS) + ")");
        }
        return command;
    }

    private static Instant issuedAt(BodyFields fields, Instant now) {
        Instant given = fields.time(ISSUED_AT);
        if (given != null && given.isAfter(now.plus(AHEAD))) {
            fields.wrong(ISSUED_AT, "in the future (expected: when the command was given; now when absent)");
        }
        return given == null ? now : given.truncatedTo(ChronoUnit.MILLIS);
    }

    private static SuppressionList list(BodyFields fields) {
        String text = fields.text(LIST);
        try {
            return SuppressionList.parse(text == null ? Tenants.DEFAULT : text);
        } catch (IllegalArgumentException e) {
            fields.wrong(e.getMessage());
            return null;
        }
    }

    private static String address(BodyFields fields) {
        String text = fields.required(ADDRESS, "an address, or @domain");
        try {
            String address = text == null || text.isBlank() ? null : SuppressionKey.normalised(text);
            if (address != null && new SuppressionKey(SuppressionList.ALL, address).isErased()) {
                fields.wrong(ADDRESS, "the stand-in of an erased address (expected: the address itself)");
            }
            return address;
        } catch (InvalidAddressException e) {
            fields.wrong(ADDRESS, e.getMessage());
            return null;
        }
    }

    /** The fields that not all actions have. */
    private static void readOf(
            SuppressionAction action, BodyFields fields, Instant now, SuppressionCommand.Builder command) {
        command.setAction(action);
        if (action == SuppressionAction.ADD) {
            String reason = fields.oneOf(REASON, REASONS);
            String category = fields.text(CATEGORY);
            command.setReason(reason == null ? SuppressionReason.MANUAL : SuppressionReason.valueOf(reason))
                    .setCategory(category == null ? null : category.toUpperCase(Locale.ROOT));
        } else {
            refuse(REASON, action, fields);
            refuse(CATEGORY, action, fields);
        }
        if (action == SuppressionAction.REMOVE) {
            refuse(EXPIRES, action, fields);
            return;
        }
        if (action == SuppressionAction.EXTEND && !fields.has(EXPIRES)) {
            fields.wrong(EXPIRES, "missing (expected: the new end, or null for never)");
        }
        Instant expires = fields.time(EXPIRES);
        if (expires != null && !expires.isAfter(now)) {
            fields.wrong(EXPIRES, "over (expected: a time to come, or null for never)");
        }
        command.setExpires(expires == null ? null : expires.truncatedTo(ChronoUnit.MILLIS));
    }

    private static void refuse(String name, SuppressionAction action, BodyFields fields) {
        if (fields.has(name)) {
            fields.wrong(name, "does not go with " + action + " (expected: no such field)");
        }
    }
}
