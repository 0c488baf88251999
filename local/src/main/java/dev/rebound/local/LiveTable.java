package dev.rebound.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Shows the table while it changes: redrawn in place on a terminal; elsewhere printed when it has come to rest, or now and then
 * while it does not.
 */
final class LiveTable {

    static final Duration PACE = Duration.ofSeconds(1);

    private static final int ROWS = 20;
    private static final int RESTLESS_LOOKS = 30;
    private static final String CURSOR_UP_AND_CLEAR_BELOW = "\033[%dA\033[J";

    private final DomainTable table;
    private final PrintWriter out;
    private final boolean terminal;
    private List<String> shown = List.of();
    private List<String> last = List.of();
    private int looks;

    LiveTable(DomainTable table, PrintWriter out, boolean terminal) {
        this.table = table;
        this.out = out;
        this.terminal = terminal;
    }

    void show() {
        List<String> lines = table.lines(ROWS);
        boolean due = lines.equals(last) || ++looks >= RESTLESS_LOOKS;
        last = lines;
        boolean onlyHeading = lines.size() == 1;
        if (lines.equals(shown) || !(terminal || (due && !onlyHeading))) {
            return;
        }
        looks = 0;
        if (terminal && !shown.isEmpty()) {
            out.printf(CURSOR_UP_AND_CLEAR_BELOW, shown.size());
        }
        lines.forEach(out::println);
        out.flush();
        shown = lines;
    }
}
