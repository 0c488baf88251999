package dev.rebound.suppress;

import dev.rebound.schema.SuppressionAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is known of an address on a list: the latest items of each kind, in the order in which they happened. The same items give the
 * same history, in whatever order they arrive and however often; nothing that a removal did away with comes back.
 *
 * @param evidence failures and complaints, at most {@value #MAX_EVIDENCE}
 * @param acceptances deliveries, at most {@value #MAX_ACCEPTANCES}
 * @param contradictions at most {@value #MAX_CONTRADICTIONS}
 * @param commands what was decided since the last removal, at most {@value #MAX_COMMANDS}
 * @param removal the last removal; null when there was none
 */
public record History(
        List<Evidence> evidence,
        List<Acceptance> acceptances,
        List<Contradiction> contradictions,
        List<Command> commands,
        Command removal) {

    /** So many failures and complaints are kept, the latest; no rule can ask for more. */
    public static final int MAX_EVIDENCE = 32;

    /** So many deliveries are kept, the latest. */
    public static final int MAX_ACCEPTANCES = 8;

    /** So many contradictions are kept, the latest. */
    public static final int MAX_CONTRADICTIONS = 8;

    /** So many commands are kept beside the last removal, the latest. */
    public static final int MAX_COMMANDS = 16;

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
            List<Evidence> now = added(evidence, found, MAX_EVIDENCE);
            return now == evidence ? this : new History(now, acceptances, contradictions, commands, removal);
        }
        if (item instanceof Acceptance accepted) {
            List<Acceptance> now = added(acceptances, accepted, MAX_ACCEPTANCES);
            return now == acceptances ? this : new History(evidence, now, contradictions, commands, removal);
        }
        List<Contradiction> now = added(contradictions, (Contradiction) item, MAX_CONTRADICTIONS);
        return now == contradictions ? this : new History(evidence, acceptances, now, commands, removal);
    }

    private History decided(Command command) {
        if (removal != null && Item.ORDER.compare(command, removal) <= 0) {
            return this;
        }
        List<Command> now = added(commands, command, MAX_COMMANDS);
        return now == commands ? this : new History(evidence, acceptances, contradictions, now, removal);
    }

    private History removed(Command command) {
        if (removal != null && Item.ORDER.compare(command, removal) <= 0) {
            return this;
        }
        return new History(
                after(evidence, command.time()),
                after(acceptances, command.time()),
                after(contradictions, command.time()),
                commands.stream()
                        .filter(other -> Item.ORDER.compare(other, command) > 0)
                        .toList(),
                command);
    }

    private static <T extends Item> List<T> after(List<T> items, long time) {
        return items.stream().filter(item -> item.time() > time).toList();
    }

    /** The same list when the item is in it, or older than all of a full one. */
    private static <T extends Item> List<T> added(List<T> items, T item, int most) {
        for (T known : items) {
            if (known.id().equals(item.id())) {
                return items;
            }
        }
        int place = -Collections.binarySearch(items, item, Item.ORDER) - 1;
        boolean full = items.size() >= most;
        if (full && place == 0) {
            return items;
        }
        List<T> now = new ArrayList<>(items);
        now.add(place, item);
        return full ? now.subList(1, now.size()) : now;
    }

    /** Nothing is known, or nothing that counts any more. */
    public boolean isEmpty() {
        return evidence.isEmpty() && contradictions.isEmpty() && commands.isEmpty() && removal == null;
    }

    /** When the latest item happened, in milliseconds since 1970; {@code Long.MIN_VALUE} when there is none. */
    public long latest() {
        long latest = removal == null ? Long.MIN_VALUE : removal.time();
        for (List<? extends Item> items : List.of(evidence, acceptances, contradictions, commands)) {
            if (!items.isEmpty()) {
                latest = Math.max(latest, items.get(items.size() - 1).time());
            }
        }
        return latest;
    }
}
