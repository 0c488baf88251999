package dev.rebound.bench;

import java.util.List;
import java.util.Locale;

/**
 * Latencies at one commit interval and one rate.
 *
 * @param interval the commit interval
 * @param fullRate events a second at most, with this interval
 * @param percent of the full rate
 * @param secondsBehind how far processing was behind when the last event was sent: uncommitted events, in seconds of the rate
 * @param hard from an event to topic {@code bounces-hard}
 * @param suppressions from an event to topic {@code suppressions}
 */
record LatencyRow(
        CommitInterval interval,
        double fullRate,
        int percent,
        double secondsBehind,
        Quantiles hard,
        Quantiles suppressions) {

    private static final double SLACK_SECONDS = 1;

    /** Processing kept up: what was uncommitted at the end is what waits for its commit anyway, or little more. */
    boolean keptUp() {
        return secondsBehind <= 2 * interval.millis() / 1e3 + SLACK_SECONDS;
    }

    /** A table in Markdown; times in milliseconds. */
    static String table(List<LatencyRow> rows) {
        StringBuilder table = new StringBuilder(
                "| commit interval, ms | profile | full rate, events/s | rate | events/s | kept up | output | outputs | p50, ms | p99, ms |"
                        + " p99.9, ms | longest, ms |\n|--:|---|--:|--:|--:|---|---|--:|--:|--:|--:|--:|\n");
        for (LatencyRow row : rows) {
            table.append(row.line("bounces-hard", row.hard)).append(row.line("suppressions", row.suppressions));
        }
        return table.toString();
    }

    private String line(String output, Quantiles times) {
        return String.format(
                Locale.ROOT,
                "| %,d | %s | %s | %d %% | %s | %s | %s | %,d | %s | %s | %s | %s |%n",
                interval.millis(),
                interval.profile().text(),
                Table.whole(fullRate),
                percent,
                Table.whole(fullRate * percent / 100),
                keptUp() ? "yes" : String.format(Locale.ROOT, "no, %.1f s behind", secondsBehind),
                output,
                times.count(),
                millis(times.p50()),
                millis(times.p99()),
                millis(times.p999()),
                millis(times.longest()));
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : Table.whole(value);
    }
}
