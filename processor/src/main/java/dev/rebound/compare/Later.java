package dev.rebound.compare;

import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that live knows of a recipient and a replay cannot know, because it came after the replay's end.
 *
 * @param what FAILURE, DELIVERY, CONTRADICTION or COMMAND
 * @param time when it happened, or was given
 */
public record Later(Outside what, Instant time) {

    /** The first of them in a history; null for none. Commands come last. */
    static Later of(History history, Scope scope) {
        return Stream.of(
                        in(history.evidence(), Outside.FAILURE, scope),
                        in(history.acceptances(), Outside.DELIVERY, scope),
                        in(history.contradictions(), Outside.CONTRADICTION, scope),
                        in(history.commands(), Outside.COMMAND, scope),
                        in(removals(history), Outside.COMMAND, scope))
                .flatMap(found -> found)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Later> in(List<? extends Item> items, Outside what, Scope scope) {
        return items.stream().filter(scope::isBehind).map(item -> new Later(what, Instant.ofEpochMilli(item.time())));
    }

    private static List<Command> removals(History history) {
        return history.removal() == null ? List.of() : List.of(history.removal());
    }

    /**
     * A history as it would be without what came later. What a removal did away with does not come back. Commands of promotions stay: they
     * say again what was there.
     */
    static History without(History history, Scope scope) {
        History without = History.EMPTY;
        for (List<? extends Item> items : List.of(
                removals(history),
                history.evidence(),
                history.acceptances(),
                history.contradictions(),
                history.commands())) {
            for (Item item : items) {
                boolean promoted = item instanceof Command command && command.source() == SuppressionSource.REPLAY;
                without = promoted || !scope.isBehind(item) ? without.with(item) : without;
            }
        }
        return without;
    }
}
