package dev.rebound.suppress;

import dev.rebound.schema.SuppressionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is known of an address on a list: the latest items of each kind, in the order in which they happened. Of events it is the last of
 * each of some further days too: else an address that often fails would never seem to fail for weeks. The same items give the same
 * history, in whatever order they arrive and however often; nothing that a removal did away with comes back.
 *
 * @param evidence failures and complaints, of each kind the latest {@value #MAX_EVIDENCE}
 * @param acceptances deliveries, the latest {@value #MAX_ACCEPTANCES}
 * @param contradictions the latest {@value #MAX_CONTRADICTIONS}
 * @param commands what was decided since the last removal, and what of it was taken back: of each reason, for ever or not, the latest
 *     {@value #MAX_COMMANDS}
 * @param removal the last removal; null when there was none
 */
public record History(
        List<Evidence> evidence,
        List<Acceptance> acceptances,
        List<Contradiction> contradictions,
        List<Command> commands,
        Command removal) {

    /**
     * So many are kept, the latest of each kind: of each category, whether it says that the address is gone or not, and whether anyone can
     * have written it. No rule can ask for more.
     */
    public static final int MAX_EVIDENCE = 32;

    /** So many deliveries are kept, the latest. */
    public static final int MAX_ACCEPTANCES = 8;

    /** So many contradictions are kept, the latest. */
    public static final int MAX_CONTRADICTIONS = 8;

    /** Of so many days, the latest on which there was such an event, the last one is kept. */
    public static final int MAX_DAYS = 32;

    /**
     * So many additions for one reason, for ever or not, and so many extensions are kept beside the last removal, the latest. What takes a
     * command back is kept as long as that command would be.
     */
    public static final int MAX_COMMANDS = 16;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Nothing is known. */
    public static final History EMPTY = new History(List.of(), List.of(), List.of(), List.of(), null);

    /** A history; copies the lists. */
    public History {
        evidence = List.copyOf(evidence);
        acceptances = List.copyOf(acceptances);
        contradictions = List.copyOf(contradictions);
        commands = List.copyOf(commands);
    }

    /** This history and one item more; itself when the item is known, or too old to count. */
    public History with(Item item) {
        if (item instanceof Command command) {
            return command.action() == SuppressionAction.REMOVE ? removed(command) : decided(command);
        }
        if (removal != null && item.time() <= removal.time()) {
            return this;
        }
        if (item instanceof Evidence found) {
            List<Evidence> now = added(evidence, found, other -> isSameKind(other, found), MAX_EVIDENCE, MAX_DAYS);
            return now == evidence ? this : new History(now, acceptances, contradictions, commands, removal);
        }
        if (item instanceof Acceptance accepted) {
            List<Acceptance> now = added(acceptances, accepted, other -> true, MAX_ACCEPTANCES, MAX_DAYS);
            return now == acceptances ? this : new History(evidence, now, contradictions, commands, removal);
        }
        List<Contradiction> now =
                added(contradictions, (Contradiction) item, other -> true, MAX_CONTRADICTIONS, MAX_DAYS);
        return now == contradictions ? this : new History(evidence, acceptances, now, commands, removal);
    }

    private History decided(Command command) {
        if (removal != null && Command.PLACES.compare(command, removal) <= 0) {
            return this;
        }
        List<Command> now = decided(commands, command);
        return now == commands ? this : new History(evidence, acceptances, contradictions, now, removal);
    }

    /** Takes up a command as {@link #added} does. A command and what takes it back share one place among their rivals. */
    private static List<Command> decided(List<Command> commands, Command command) {
        List<Command> now = new ArrayList<>(commands);
        for (Command known : commands) {
            if (known.id().equals(command.id())) {
                return commands;
            }
            if (isSameRetraction(known, command)) {
                if (Item.ORDER.compare(known, command) < 0) {
                    return commands;
                }
                now.remove(known);
            }
        }
        now.add(-Collections.binarySearch(now, command, Item.ORDER) - 1, command);
        Command.Kind kind = command.kind();
        List<Command.Place> places = now.stream()
                .filter(other -> other.kind().equals(kind))
                .map(Command::place)
                .distinct()
                .sorted(Command.Place.ORDER)
                .toList();
        if (places.size() <= MAX_COMMANDS) {
            return now;
        }
        Command.Place first = places.get(places.size() - MAX_COMMANDS);
        if (Command.Place.ORDER.compare(command.place(), first) < 0) {
            return commands;
        }
        now.removeIf(other -> other.kind().equals(kind) && Command.Place.ORDER.compare(other.place(), first) < 0);
        return now;
    }

    /** Two that take back the same: the earlier is kept. */
    private static boolean isSameRetraction(Command one, Command other) {
        return one.retracts() != null && other.retracts() != null && one.slot().equals(other.slot());
    }

    /** What was decided and not taken back by a moment, in milliseconds since 1970. */
    public List<Command> standing(long now) {
        if (commands.isEmpty()) {
            return commands;
        }
        Set<Command.Slot> retracted = commands.stream()
                .filter(command -> command.retracts() != null && command.time() <= now)
                .map(Command::slot)
                .collect(Collectors.toSet());
        return commands.stream()
                .filter(command ->
                        command.time() <= now && command.retracts() == null && !retracted.contains(command.slot()))
                .toList();
    }

    private History removed(Command command) {
        boolean known = removal != null && removal.id().equals(command.id());
        if (known || removal != null && Item.ORDER.compare(command, removal) <= 0) {
            return this;
        }
        return new History(
                after(evidence, command.time()),
                after(acceptances, command.time()),
                after(contradictions, command.time()),
                commands.stream()
                        .filter(other -> Command.PLACES.compare(other, command) > 0)
                        .toList(),
                command);
    }

    private static <T extends Item> List<T> after(List<T> items, long time) {
        return items.stream().filter(item -> item.time() > time).toList();
    }

    /**
     * What evidence is kept beside, and can push out, when there is too much of it. One bounce that says that the mailbox is gone must not be
     * forgotten over weeks of full mailboxes, nor a complaint over bounces, nor anything over reports that anyone can have written.
     */
    private static boolean isSameKind(Evidence one, Evidence other) {
        return one.category().equals(other.category())
                && one.gone() == other.gone()
                && one.uncorrelated() == other.uncorrelated()
                && (one.isComplaint() && one.stream() == null) == (other.isComplaint() && other.stream() == null);
    }

    /**
     * The same list when the item is in it, or when there is no room for it beside its rivals. Of these the latest are kept, and the last of
     * each day. What is not kept of some items never is of more, so that the order does not matter.
     */
    private static <T extends Item> List<T> added(
            List<T> items, T item, Predicate<T> isRival, int mostLatest, int mostDays) {
        for (T known : items) {
            if (known.id().equals(item.id())) {
                return items;
            }
        }
        List<T> all = new ArrayList<>(items);
        all.add(-Collections.binarySearch(items, item, Item.ORDER) - 1, item);
        List<T> kept = new ArrayList<>(all.size());
        int rivals = 0;
        int days = 0;
        long day = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            T other = all.get(i);
            if (!isRival.test(other)) {
                kept.add(other);
                continue;
            }
            boolean endsDay = rivals == 0 || day(other) != day;
            day = day(other);
            if (rivals < mostLatest || endsDay && days < mostDays) {
                kept.add(other);
            } else if (other == item) {
                return items;
            }
            rivals++;
            days += endsDay ? 1 : 0;
        }
        Collections.reverse(kept);
        return kept;
    }

    private static long day(Item item) {
        return Math.floorDiv(item.time(), DAY);
    }

    /** The oldest delivery, when there may have been older ones; else null. */
    Acceptance oldestWhenFull() {
        if (acceptances.size() < MAX_DAYS) {
            return null;
        }
        long days = acceptances.stream().mapToLong(History::day).distinct().count();
        return days < MAX_DAYS ? null : acceptances.get(0);
    }

    /** When the latest evidence or contradiction happened, in milliseconds since 1970; {@code Long.MIN_VALUE} when there is none. */
    public long latestEvidence() {
        long latest = evidence.isEmpty()
                ? Long.MIN_VALUE
                : evidence.get(evidence.size() - 1).time();
        return contradictions.isEmpty()
                ? latest
                : Math.max(latest, contradictions.get(contradictions.size() - 1).time());
    }

    /**
     * The latest of the events, whatever their kinds, and all that was decided: for a history that has become too large to be kept. Itself
     * when there is nothing more to leave out.
     */
    public History reduced() {
        History reduced = new History(
                latest(evidence, MAX_EVIDENCE),
                latest(acceptances, MAX_ACCEPTANCES),
                latest(contradictions, MAX_CONTRADICTIONS),
                commands,
                removal);
        return reduced.equals(this) ? this : reduced;
    }

    private static <T> List<T> latest(List<T> items, int most) {
        return items.subList(Math.max(0, items.size() - most), items.size());
    }
}
