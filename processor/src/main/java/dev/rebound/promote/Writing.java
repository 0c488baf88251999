package dev.rebound.promote;

import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.suppressions.Issued;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Changes live, and says so in the log before and after. What ends in between is done again by the next run, from what the log says: the
 * same commands with the same ids and dates, which count once.
 */
final class Writing {

    /** So many commands are given at a time. */
    private static final int AT_ONCE = 1_000;

    private final Edges edges;
    private long written;

    Writing(Edges edges) {
        this.edges = edges;
    }

    /** Who gives what is only tried. */
    static Issued tried(Instant now) {
        return new Issued("nobody", "a dry run", now);
    }

    /** Commands and rows that are durable. */
    long written() {
        return written;
    }

    /** Says in the log what is about to be done. */
    void begin(List<Promoted> items) {
        edges.log().keep(items);
    }

    /** Gives the commands of items about addresses. */
    void give(List<Promoted> items, Function<Promoted, List<SuppressionCommand>> of) {
        List<SuppressionCommand> commands =
                items.stream().flatMap(item -> of.apply(item).stream()).toList();
        for (int from = 0; from < commands.size(); from += AT_ONCE) {
            List<SuppressionCommand> some = commands.subList(from, Math.min(commands.size(), from + AT_ONCE));
            edges.commands().accept(some);
            written += some.size();
        }
    }

    void write(List<StatusCode> rows) {
        if (!rows.isEmpty()) {
            edges.rows().write(rows);
            written += rows.size();
        }
    }

    /** Says in the log that it was done. */
    void end(List<Promoted> items, PromotedState state) {
        edges.log()
                .keep(items.stream()
                        .map(item -> Promoted.newBuilder(item).setState(state).build())
                        .toList());
    }
}
