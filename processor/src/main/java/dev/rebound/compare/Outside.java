package dev.rebound.compare;

import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import java.util.Collection;

/** Why a recipient's suppression cannot be compared: a side knows of something that the other cannot know of. */
public enum Outside {
    /** A failure or complaint that is not in the scope. */
    EVIDENCE,
    /** A delivery after the scope's end. */
    DELIVERY,
    /** A message that came back after the scope's end. */
    CONTRADICTION,
    /** A decision of somebody after the scope's end. */
    COMMAND,
    /** A side left out events of the recipient on purpose. */
    FILTERED,
    /** The address was erased; the other side has made it up anew from events that are still there. */
    ERASED;

    /** The first reason by which a history is not wholly in a scope; null when it is. */
    static Outside of(History history, Scope scope) {
        long end = scope.asOf().toEpochMilli();
        if (!history.evidence().stream()
                .allMatch(found -> scope.holds(found.topic(), found.partition(), found.offset()))) {
            return EVIDENCE;
        }
        if (isAfter(history.acceptances(), end)) {
            return DELIVERY;
        }
        if (isAfter(history.contradictions(), end)) {
            return CONTRADICTION;
        }
        boolean removed = history.removal() != null && history.removal().time() > end;
        return removed || isAfter(history.commands(), end) ? COMMAND : null;
    }

    private static boolean isAfter(Collection<? extends Item> items, long end) {
        return items.stream().anyMatch(item -> item.time() > end);
    }
}
