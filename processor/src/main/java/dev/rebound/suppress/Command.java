package dev.rebound.suppress;

import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.time.Instant;

/**
 * What somebody decided about an address.
 *
 * @param id id of the command
 * @param time when it was given, in milliseconds since 1970
 * @param action what is to be done
 * @param reason why an address is added; UNKNOWN for other actions
 * @param category category of the bounce that led to it; null when not known
 * @param since since when the address has been suppressed elsewhere; null: since the command
 * @param expires when it ends; null: never
 * @param source operator or import
 * @param by who gave it
 * @param why why, in the giver's words
 * @param detail what the list that it was imported from says; null: nothing
 */
public record Command(
        String id,
        long time,
        SuppressionAction action,
        SuppressionReason reason,
        String category,
        Instant since,
        Instant expires,
        SuppressionSource source,
        String by,
        String why,
        String detail)
        implements Item {

    /** All that a stand-in says of why it is there: what somebody wrote of a person could name the person. */
    public static final String ERASED = "erased";

    /** The command of a record of {@code suppression-commands}, without what its key says. */
    public static Command of(SuppressionCommand command) {
        return new Command(
                command.getCommandId(),
                command.getIssuedAt().toEpochMilli(),
                command.getAction(),
                command.getReason(),
                command.getCategory(),
                command.getSince(),
                command.getExpires(),
                command.getSource(),
                command.getBy(),
                command.getWhy(),
                command.getDetail());
    }

    /**
     * Suppresses an address's stand-in as the address was, from when it was erased.
     *
     * @param suppression what was in force
     * @param erasure the command that erases the address
     */
    public static Command inPlaceOf(Suppression suppression, Command erasure) {
        return new Command(
                erasure.id(),
                erasure.time(),
                SuppressionAction.ADD,
                suppression.getReason(),
                suppression.getCategory(),
                suppression.getSince(),
                suppression.getExpires(),
                SuppressionSource.OPERATOR,
                erasure.by(),
                ERASED,
                null);
    }
}
