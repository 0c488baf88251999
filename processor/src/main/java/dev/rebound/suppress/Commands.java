package dev.rebound.suppress;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.Scope;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** The rules that every command keeps, whoever writes it. */
public final class Commands {

    /** Longest text of {@code by}, {@code why} and {@code detail}, in characters. */
    public static final int MAX_TEXT = 500;

    /** Clocks differ by so much at most. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** What moments may be, in words. */
    public static final String TIMES = "years 1970 to 9999";

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    private Commands() {}

    /**
     * The key of a command's record, {@code list|address|commandId} in UTF-8: each command has its own, so that compaction removes
     * nothing but what was said twice, or is erased.
     */
    public static byte[] recordKey(SuppressionCommand command) {
        return (command.getList() + '|' + command.getAddress() + '|' + command.getCommandId())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A moment can be written, and read again by everyone. */
    public static boolean isUsable(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }

    /**
     * What a command is about, once it is known to keep the rules.
     *
     * @param arrival when it was received: one that is dated later would do away with what is still to happen
     * @throws InvalidCommandException when it does not
     */
    public static SuppressionKey check(SuppressionCommand command, Instant arrival) throws InvalidCommandException {
        require(ID.matcher(command.getCommandId()).matches(), "commandId", "1 to 128 letters, digits or any of -._~");
        require(command.getAction() != SuppressionAction.UNKNOWN, "action", "ADD, REMOVE, EXTEND, ERASE or RETRACT");
        require(
                !command.getIssuedAt().isAfter(arrival.plus(AHEAD)),
                "issuedAt",
                "at most " + AHEAD.toMinutes() + " minutes ahead of the clock of who receives it");
        requireTime("issuedAt", command.getIssuedAt());
        requireTime("since", command.getSince());
        requireTime("expires", command.getExpires());
        requireTime("retractsIssuedAt", command.getRetractsIssuedAt());
        checkRetraction(command);
        require(isText(command.getBy()), "by", "who gives it, 1 to " + MAX_TEXT + " characters");
        require(isText(command.getWhy()), "why", "the reason, 1 to " + MAX_TEXT + " characters");
        require(
                command.getDetail() == null || command.getDetail().length() <= MAX_TEXT,
                "detail",
                "at most " + MAX_TEXT + " characters");
        if (command.getAction() == SuppressionAction.ADD) {
            require(
                    command.getReason() != SuppressionReason.UNKNOWN,
                    "reason",
                    "BOUNCE, COMPLAINT, UNSUBSCRIBE or MANUAL");
        }
        Scope scope = command.getCategory() == null ? null : Evidence.scope(command.getCategory());
        require(
                scope == null || Evidence.SCOPES.contains(scope),
                "category",
                "one of scope RECIPIENT or DOMAIN: what is the sender's own trouble never suppresses");
        return key(command);
    }

    /** Whether there is such a command, and of which action, nobody knows here: they may be read in any order. */
    private static void checkRetraction(SuppressionCommand command) throws InvalidCommandException {
        if (command.getAction() != SuppressionAction.RETRACT) {
            require(command.getRetracts() == null, "retracts", "null unless the action is RETRACT");
            return;
        }
        String retracts = command.getRetracts();
        require(
                retracts != null && ID.matcher(retracts).matches() && !retracts.equals(command.getCommandId()),
                "retracts",
                "the commandId of another command");
        require(
                command.getRetractsIssuedAt() != null,
                "retractsIssuedAt",
                "the issuedAt of the command that is taken back");
    }

    private static SuppressionKey key(SuppressionCommand command) throws InvalidCommandException {
        try {
            SuppressionKey key = SuppressionKey.of(SuppressionList.parse(command.getList()), command.getAddress());
            require(key.address().equals(command.getAddress()), "address", "its normal form");
            return key;
        } catch (InvalidAddressException e) {
            throw new InvalidCommandException("address: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new InvalidCommandException(e.getMessage());
        }
    }

    private static void requireTime(String field, Instant moment) throws InvalidCommandException {
        require(moment == null || isUsable(moment), field, TIMES);
    }

    private static boolean isText(String text) {
        return !text.isBlank() && text.length() <= MAX_TEXT;
    }

    private static void require(boolean holds, String field, String expected) throws InvalidCommandException {
        if (!holds) {
            throw new InvalidCommandException(field + " cannot be used (expected: " + expected + ")");
        }
    }
}
