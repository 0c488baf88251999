package dev.rebound.promote;

import dev.rebound.compare.Later;
import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.promote.Verdict.Kind;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedKind;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a promotion and its undoing mean for one address on a list. */
final class AddressPlan {

    /** What recipients say themselves. */
    private static final Set<SuppressionReason> SAID =
            Set.of(SuppressionReason.COMPLAINT, SuppressionReason.UNSUBSCRIBE);

    /** What nobody decided about a single address, and a promotion can lift. */
    private static final Set<SuppressionSource> LIFTABLE = Set.of(SuppressionSource.POLICY, SuppressionSource.REPLAY);

    /** Nothing but what commands say. */
    private static final Policy NOTHING = Policy.of("nothing", Duration.ZERO, List.of());

    private AddressPlan() {}

    /**
     * What is to be done about a difference.
     *
     * @param live what live says of the address now
     * @param known what the log has of it; null for nothing
     */
    static Verdict promote(SuppressionDifference difference, LiveAddress live, Promoted known, Source source) {
        if (known != null && known.getState() != PromotedState.ROLLED_BACK) {
            return Verdict.of(Kind.ALREADY);
        }
        Instant now = source.issued().at();
        Suppression before = difference.before();
        Suppression after = isInForce(difference.after(), now) ? difference.after() : null;
        if (live.erased() || difference.key().isErased()) {
            return Verdict.of(Kind.ERASED);
        }
        if (after == null && !isInForce(before, now)) {
            return Verdict.of(Kind.OVER);
        }
        if (before != null && after != null && isAlike(before, after)) {
            return Verdict.of(Kind.ALIKE);
        }
        boolean removes = before != null && (after == null || !outweighs(after, before));
        if (before != null && isKept(difference.key(), before, after, removes, live.history(), now)) {
            return Verdict.of(Kind.KEPT);
        }
        if (!Objects.equals(live.suppression(), before)) {
            return Verdict.conflict("live says something else of it than when it was compared");
        }
        Optional<String> later = later(live.history(), source, PromotedCommands.own(known))
                .or(() -> readLater(difference.later(), source));
        if (later.isPresent()) {
            return Verdict.conflict(later.get());
        }
        Promoted item = item(difference.key(), before, after, removes, known, source);
        return isExtended(item, live.history()) ? Verdict.of(Kind.KEPT) : Verdict.doing(item);
    }

    /** Whether what would be added lasted longer than in the replay, because somebody has extended what suppresses the address. */
    private static boolean isExtended(Promoted item, History history) {
        if (item.getAddition() == null) {
            return false;
        }
        History promoted = history;
        for (SuppressionCommand command : PromotedCommands.promotion(item)) {
            promoted = promoted.with(Command.of(command));
        }
        Suppression told = Decision.of(
                        SuppressionKey.parse(item.getKey()),
                        promoted,
                        NOTHING,
                        item.getPromotedAt().toEpochMilli())
                .suppression();
        return told == null || !isAlike(told, item.getAfter());
    }

    private static Promoted item(
            SuppressionKey key, Suppression before, Suppression after, boolean removes, Promoted known, Source source) {
        int round = known == null ? 1 : known.getRound() + 1;
        Issued issued = source.issued();
        return Promoted.newBuilder()
                .setReplay(source.replay())
                .setKey(key.text())
                .setKind(PromotedKind.SUPPRESSION)
                .setState(PromotedState.PROMOTING)
                .setRound(round)
                .setBefore(before)
                .setAfter(after)
                .setRemoval(removes ? PromotedCommands.removal(source.replay(), key, round) : null)
                .setAddition(after == null ? null : PromotedCommands.addition(source.replay(), key, round))
                .setDetail(detail(after == null ? before : after, source.name()))
                .setPromotedAt(issued.at())
                .setBy(issued.by())
                .setWhy(issued.why())
                .build();
    }

    /** Which replay, and what decided. */
    private static String detail(Suppression says, String replay) {
        String detail = "replay " + replay
                + (says.getRule() == null
                        ? says.getCommandId() == null ? "" : ", command " + says.getCommandId()
                        : ", rule " + says.getRule() + " of policy " + says.getPolicy() + ", revision "
                                + says.getPolicyRevision());
        return detail.substring(0, Math.min(detail.length(), Commands.MAX_TEXT));
    }

    static boolean isInForce(Suppression suppression, Instant now) {
        return suppression != null
                && (suppression.getExpires() == null || suppression.getExpires().isAfter(now));
    }

    /** They end together and say the same of why. Since when and by which evidence is of interest, and changes nothing. */
    private static boolean isAlike(Suppression one, Suppression other) {
        return Objects.equals(one.getExpires(), other.getExpires())
                && one.getReason() == other.getReason()
                && Objects.equals(one.getCategory(), other.getCategory());
    }

    /** Whether an addition that says the one is told beside the other: what lasts longest is, and of equal ones the earlier. */
    private static boolean outweighs(Suppression one, Suppression other) {
        int longer = Long.compare(end(one), end(other));
        int earlier = other.getSince().compareTo(one.getSince());
        return longer > 0
                || longer == 0 && (earlier > 0 || earlier == 0 && other.getSource() == SuppressionSource.POLICY);
    }

    private static long end(Suppression suppression) {
        return suppression.getExpires() == null
                ? Long.MAX_VALUE
                : suppression.getExpires().toEpochMilli();
    }

    /**
     * What a recipient said, by a complaint or by leaving, is only replaced by the same from the replay. What somebody decided about the
     * address is never removed; nor is a complaint beneath what is told.
     */
    private static boolean isKept(
            SuppressionKey key, Suppression before, Suppression after, boolean removes, History history, Instant now) {
        boolean sameReason = after != null && after.getReason() == before.getReason();
        if (SAID.contains(before.getReason()) && !sameReason) {
            return true;
        }
        if (!removes) {
            return false;
        }
        return !LIFTABLE.contains(before.getSource())
                || hasDecision(history, now)
                || after == null && hasComplaint(history, key)
                || after != null && after.getReason() != SuppressionReason.COMPLAINT && hasComplaint(history, key);
    }

    private static boolean hasComplaint(History history, SuppressionKey key) {
        return history.evidence().stream()
                .filter(Evidence::isComplaint)
                .anyMatch(complaint -> Objects.equals(complaint.stream(), key.list().stream()));
    }

    private static boolean hasDecision(History history, Instant now) {
        return history.standing(now.toEpochMilli()).stream()
                .filter(command -> !LIFTABLE.contains(command.source()))
                .anyMatch(command ->
                        command.expires() == null || command.expires().isAfter(now));
    }

    /** What live knows of an address from after the replay's end, in words; empty for nothing. */
    private static Optional<String> later(History history, Source source, Set<String> own) {
        Optional<Command> command = commands(history)
                .filter(one -> one.time() > source.asOf().toEpochMilli() && !own.contains(one.id()))
                .findFirst();
        if (command.isPresent()) {
            return Optional.of(given(command.get()) + ", after the last command or event that the replay knows, of "
                    + source.asOf());
        }
        return Stream.of(history.evidence(), history.contradictions(), history.acceptances())
                .flatMap(List::stream)
                .filter(item -> item.time() > source.until().toEpochMilli())
                .map(item -> name(item) + " at " + Instant.ofEpochMilli(item.time())
                        + ", after the last event that the replay knows, of " + source.until())
                .findFirst();
    }

    /** What the comparison knows by its place, which its time does not tell. Of commands, times tell all. */
    private static Optional<String> readLater(Later later, Source source) {
        return Optional.ofNullable(later)
                .filter(one -> one.what() != Outside.COMMAND)
                .map(one -> name(one.what()) + " of " + one.time()
                        + " was read after the last event that the replay knows, of " + source.until());
    }

    private static String name(Item item) {
        if (item instanceof Evidence found) {
            return found.isComplaint() ? "a complaint" : "a failure";
        }
        return name(item instanceof Acceptance ? Outside.DELIVERY : Outside.CONTRADICTION);
    }

    private static String name(Outside what) {
        return switch (what) {
            case DELIVERY -> "a delivery";
            case CONTRADICTION -> "a message that came back";
            case EVIDENCE, FAILURE -> "a failure or complaint";
            case COMMAND, FILTERED, ERASED -> throw new IllegalArgumentException(what + " is no event");
        };
    }

    private static Stream<Command> commands(History history) {
        return Stream.concat(history.commands().stream(), Stream.ofNullable(history.removal()));
    }

    private static String given(Command command) {
        return (command.action() == SuppressionAction.REMOVE ? "a removal" : "a command " + command.action())
                + " was given at " + Instant.ofEpochMilli(command.time()) + " by " + command.by();
    }

    /**
     * What is to be done to undo what was promoted.
     *
     * @param live what live says of the address now
     */
    static Verdict undo(Promoted item, LiveAddress live, Issued issued) {
        switch (item.getState()) {
            case ROLLED_BACK -> {
                return Verdict.of(Kind.ALREADY);
            }
            case ROLLING_BACK -> {
                return Verdict.doing(item);
            }
            case PROMOTING, PROMOTED -> {}
            case UNKNOWN -> throw new IllegalArgumentException("state: unknown (expected: one of this version)");
        }
        if (live.erased()) {
            return Verdict.of(Kind.ERASED);
        }
        Set<String> own = PromotedCommands.own(item);
        long since = PromotedCommands.removedAt(item).toEpochMilli();
        return commands(live.history())
                .filter(command -> command.time() >= since && !own.contains(command.id()))
                .findFirst()
                .map(command -> Verdict.conflict(given(command) + ", after the promotion"))
                .orElseGet(() -> Verdict.doing(undoing(item, issued)));
    }

    static Promoted undoing(Promoted item, Issued issued) {
        return Promoted.newBuilder(item)
                .setState(PromotedState.ROLLING_BACK)
                .setRolledBackAt(issued.at())
                .setRolledBackBy(issued.by())
                .setRolledBackWhy(issued.why())
                .build();
    }
}
