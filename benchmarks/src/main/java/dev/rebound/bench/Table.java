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
                peak(row))));
        return table.toString();
    }

    /** What {@link #cells} has, as the head of a table in Markdown, without the bars around it. */
    static String heads() {
        return "events/s | spread | CPU s per million | broker CPU s per million | bytes written per event | peak memory, MB";
    }

    /** A row's figures as cells of a table in Markdown, without the bars around them. */
    static String cells(Row row) {
        return String.join(
                " | ",
                whole(row.eventsPerSecond()),
                whole(row.spread().least()) + " to " + whole(row.spread().most()),
                tenths(row.cpuSecondsPerMillion()),
                tenths(row.brokerCpuSecondsPerMillion()),
                whole(row.bytesWrittenPerEvent()),
                peak(row));
    }

    private static String peak(Row row) {
        return row.peakMemoryBytes() == null ? "-" : whole(row.peakMemoryBytes() / 1e6);
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
