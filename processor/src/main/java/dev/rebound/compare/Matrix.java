package dev.rebound.compare;

import dev.rebound.compare.Comparison.Move;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of what became of what. So many cells are told apart; the rest is counted in one. */
final class Matrix {

    private static final int MOST_CELLS = 10_000;
    private static final Comparator<Move> ORDER = Comparator.comparingLong(Move::count)
            .reversed()
            .thenComparing(Move::from)
            .thenComparing(Move::to);

    private final Map<Cell, Long> cells = new HashMap<>();

    private record Cell(String from, String to) {}

    /** Counts one; nothing when both are equal. Null stands for no value. */
    void count(String from, String to) {
        Cell cell = new Cell(orNone(from), orNone(to));
        if (cell.from().equals(cell.to())) {
            return;
        }
        boolean own = cells.size() < MOST_CELLS || cells.containsKey(cell);
        cells.merge(own ? cell : new Cell(Comparison.OTHER, Comparison.OTHER), 1L, Long::sum);
    }

    private static String orNone(String name) {
        return name == null ? Comparison.NONE : name;
    }

    /** The most first. */
    List<Move> moves() {
        return cells.entrySet().stream()
                .map(cell -> new Move(cell.getKey().from(), cell.getKey().to(), cell.getValue()))
                .sorted(ORDER)
                .toList();
    }
}
