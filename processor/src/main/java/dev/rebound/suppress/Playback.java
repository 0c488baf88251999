package dev.rebound.suppress;

import dev.rebound.schema.Suppression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What would have become of an address, had all become known when it happened. */
public final class Playback {

    private final SuppressionKey key;
    private final Policy policy;
    private final List<Change> changes = new ArrayList<>();
    private History history = History.EMPTY;
    private Suppression current;
    private long next = Decision.NEVER;

    private Playback(SuppressionKey key, Policy policy) {
        this.key = key;
        this.policy = policy;
    }

    /**
     * A change of what is decided.
     *
     * @param at when, in milliseconds since 1970
     * @param suppression what is in force from then on; null when the address may be written to
     */
    public record Change(long at, Suppression suppression) {}

    /** All changes, also those that come when nothing more happens; the oldest first. */
    public static List<Change> of(SuppressionKey key, Collection<? extends Item> items, Policy policy) {
        Playback playback = new Playback(key, policy);
        items.stream()
                .collect(Collectors.groupingBy(Item::time, TreeMap::new, Collectors.<Item>toList()))
                .forEach(playback::happened);
        playback.timePasses(Decision.NEVER);
        return List.copyOf(playback.changes);
    }

    private void happened(long time, List<Item> items) {
        timePasses(time);
        for (Item item : items) {
            history = history.with(item);
        }
        decide(time);
    }

    private void timePasses(long until) {
        while (next < until) {
            decide(next);
        }
    }

    private void decide(long now) {
        Decision decision = Decision.of(key, history, policy, now);
        next = decision.next();
        if (!Objects.equals(decision.suppression(), current)) {
            current = decision.suppression();
            changes.add(new Change(now, current));
        }
    }
}
