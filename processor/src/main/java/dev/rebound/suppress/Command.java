package dev.rebound.suppress;

import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.time.Instant;
import java.util.Comparator;

/**
 * What somebody decided about an address.
 *
 * @param id id of the command
 * @param time when it was given, in milliseconds since 1970
 * @param action what is to be done
 * @param reason why an address is added, also of a command that takes an addition back; UNKNOWN for all else
 * @param category category of the bounce that led to it; null when not known
 * @param since since when the address has been suppressed elsewhere; null: since the command
 * @param expires when it ends, also of a command that takes another back; null: never
 * @param source operator, import or replay
 * @param by who gave it
 * @param why why, in the giver's words
 * @param detail what the list that it was imported from says, or which replay it comes from; null: nothing
 * @param retracts the command that it takes back; null for all actions but RETRACT
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
        String detail,
        Place retracts)
        implements Item {

    /** By {@link #place}. */
    static final Comparator<Command> PLACES = Comparator.comparing(Command::place, Place.ORDER);

    /**
     * What a command is told from all others by.
     *
     * @param id its id
     * @param time when it was given, in milliseconds since 1970
     */
    public record Place(String id, long time) {

        /** As {@link Item#ORDER} has the commands themselves. */
        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::time).thenComparing(Place::id);
    }

    /**
     * Of what kind a command is, of which the latest are kept. Additions that end, as a nightly import gives them, must not push out one for
     * ever, nor one reason another. What takes a command back is of that command's kind.
     */
    record Kind(SuppressionAction action, SuppressionReason reason, boolean forEver) {}

    /** Where among those of its kind; the same for a command and for what takes it back. */
    record Slot(Kind kind, Place place) {}

    /** A command that takes no other back. */
    public Command(
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
            String detail) {
        this(id, time, action, reason, category, since, expires, source, by, why, detail, null);
    }

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
                command.getDetail(),
                command.getAction() == SuppressionAction.RETRACT
                        ? new Place(
                                command.getRetracts(),
                                command.getRetractsIssuedAt().toEpochMilli())
                        : null);
    }

    /**
     * Where the command counts among the others: its own place, or that of the command that it takes back. So whoever keeps the latest
     * places keeps with a command that it is taken back, whichever was read first.
     */
    Place place() {
        return retracts == null ? new Place(id, time) : retracts;
    }

    Kind kind() {
        SuppressionAction of = retracts == null
                ? action
                : reason == SuppressionReason.UNKNOWN ? SuppressionAction.EXTEND : SuppressionAction.ADD;
        return new Kind(of, reason, expires == null);
    }

    Slot slot() {
        return new Slot(kind(), place());
    }

    /** The same without what somebody wrote, which could name a person who wanted to be forgotten. */
    public Command bare() {
        return new Command(id, time, action, reason, category, since, expires, source, by, ERASED, null, retracts);
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
