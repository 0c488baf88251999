package dev.rebound.bench;

import java.util.List;
import java.util.Locale;

/** Figures for people. */
final class Table {

    private static final String LINE = "%-16s %9s %19s %6s %6s %8s %10s %9s %8s%n";

    private Table() {}

    static String text(List<Row> rows) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                LINE,
                "",
                "events/s",
                "spread",
                "/copy",
                "/pass",
                "CPU s/M",
                "broker s/M",
                "bytes/ev.",
                "peak MB"));
        rows.forEach(row -> table.append(String.format(
                Locale.ROOT,
                LINE,
                row.name(),
                whole(row.eventsPerSecond()),
                whole(row.spread().least()) + ".." + whole(row.spread().most()),
                ratio(row.ratioToCopy()),
                ratio(row.ratioToPass()),
                tenths(row.cpuSecondsPerMillion()),
                tenths(row.brokerCpuSecondsPerMillion()),
                whole(row.bytesWrittenPerEvent()),
                row.peakMemoryBytes() == null ? "-" : whole(row.peakMemoryBytes() / 1e6))));
        return table.toString();
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String ratio(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
    }
}
