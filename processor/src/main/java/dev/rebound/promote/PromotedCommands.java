package dev.rebound.promote;

import dev.rebound.schema.Promoted;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.CommandIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands that a record of the log stands for. They follow from the record and nothing else: given again, after a crash, they are the
 * same, and count once.
 */
final class PromotedCommands {

    /** What each command of a promotion is for; part of its id. */
    private enum Part {
        REMOVAL,
        ADDITION,
        RETRACTION,
        RESTORATION
    }

    private PromotedCommands() {}

    /** Id of the removal in a round. */
    static String removal(String replay, SuppressionKey key, int round) {
        return id(replay, key.text(), Part.REMOVAL, round);
    }

    /** Id of the addition in a round. */
    static String addition(String replay, SuppressionKey key, int round) {
        return id(replay, key.text(), Part.ADDITION, round);
    }

    private static String id(String replay, String key, Part part, int round) {
        return CommandIds.derived("promotion", replay, key, part, round);
    }

    /** Ids of all commands that this and earlier rounds can have given about an address; none for null. */
    static Set<String> own(Promoted item) {
        Set<String> own = new HashSet<>();
        for (int round = item == null ? 0 : item.getRound(); round > 0; round--) {
            for (Part part : Part.values()) {
                own.add(id(item.getReplay(), item.getKey(), part, round));
            }
        }
        return own;
    }

    /**
     * What is given to promote. The addition comes first and is dated last: it survives the removal, and there is no moment in which neither
     * counts.
     */
    static List<SuppressionCommand> promotion(Promoted item) {
        List<SuppressionCommand> commands = new ArrayList<>();
        if (item.getAddition() != null) {
            commands.add(addition(item, item.getAfter(), item.getPromotedAt())
                    .setCommandId(item.getAddition())
                    .setBy(item.getBy())
                    .setWhy(item.getWhy())
                    .setDetail(item.getDetail())
                    .build());
        }
        if (item.getRemoval() != null) {
            commands.add(command(item, SuppressionAction.REMOVE, removedAt(item))
                    .setCommandId(item.getRemoval())
                    .setBy(item.getBy())
                    .setWhy(item.getWhy())
                    .build());
        }
        return commands;
    }

    /** The date of the earliest command of a promotion. */
    static Instant removedAt(Promoted item) {
        return item.getPromotedAt().minusMillis(1);
    }

    /**
     * What is given to undo a promotion: what was removed is added as it was, unless it would be over by now, and what was added is taken
     * back.
     */
    static List<SuppressionCommand> rollback(Promoted item) {
        List<SuppressionCommand> commands = new ArrayList<>();
        Instant at = item.getRolledBackAt();
        if (item.getRemoval() != null && AddressPlan.isInForce(item.getBefore(), at)) {
            commands.add(undoing(addition(item, item.getBefore(), at), Part.RESTORATION, item)
                    .setDetail(item.getBefore().getDetail())
                    .build());
        }
        if (item.getAddition() != null) {
            commands.add(undoing(command(item, SuppressionAction.RETRACT, at), Part.RETRACTION, item)
                    .setReason(item.getAfter().getReason())
                    .setExpires(item.getAfter().getExpires())
                    .setRetracts(item.getAddition())
                    .setRetractsIssuedAt(item.getPromotedAt())
                    .build());
        }
        return commands;
    }

    private static SuppressionCommand.Builder undoing(SuppressionCommand.Builder command, Part part, Promoted item) {
        return command.setCommandId(id(item.getReplay(), item.getKey(), part, item.getRound()))
                .setBy(item.getRolledBackBy())
                .setWhy(item.getRolledBackWhy());
    }

    private static SuppressionCommand.Builder addition(Promoted item, Suppression says, Instant at) {
        return command(item, SuppressionAction.ADD, at)
                .setReason(says.getReason())
                .setCategory(says.getCategory())
                .setSince(says.getSince())
                .setExpires(says.getExpires());
    }

    private static SuppressionCommand.Builder command(Promoted item, SuppressionAction action, Instant at) {
        SuppressionKey key = SuppressionKey.parse(item.getKey());
        return SuppressionCommand.newBuilder()
                .setAction(action)
                .setIssuedAt(at)
                .setList(key.list().text())
                .setAddress(key.address())
                .setSource(SuppressionSource.REPLAY);
    }
}
