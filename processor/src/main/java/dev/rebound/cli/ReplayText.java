package dev.rebound.cli;

import dev.rebound.replay.ReplayJson;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplaySpan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A replay as text for people. */
final class ReplayText {

    private ReplayText() {}

    /** Prints where a replay is, and what the command's exit code is for that. */
    static int result(ReplayStatus status, boolean json, PrintWriter out) {
        if (json) {
            out.println(ReplayJson.of(status));
        } else {
            print(status, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    static void print(ReplayStatus status, PrintWriter out) {
        ReplayDefinition definition = status.definition();
        line(out, "replay", definition.getName());
        line(out, "state", status.phase().text());
        if (status.progress() != null) {
            line(out, "progress", ReplayWatch.line(status));
            line(out, "problem", status.progress().getProblem());
            line(out, "as of", status.progress().getAsOf());
            line(out, "made by", status.progress().getFingerprint());
        }
        line(out, "source", definition.getArchive() == null ? definition.getTopic() : definition.getArchive());
        line(out, "span", span(definition));
        line(out, "only", filters(definition));
        line(out, "tables", tables(definition));
        line(out, "started", definition.getCreatedAt() + " by " + definition.getCreatedBy());
    }

    private static void line(PrintWriter out, String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            out.printf("%-9s %s%n", name, value);
        }
    }

    private static String span(ReplayDefinition definition) {
        long records = definition.getSpan().stream()
                .mapToLong(part -> part.getTo() - part.getFrom())
                .sum();
        String times = definition.getFrom() == null && definition.getTo() == null
                ? ""
                : ", arrived" + (definition.getFrom() == null ? "" : " from " + definition.getFrom())
                        + (definition.getTo() == null ? "" : " to " + definition.getTo());
        return String.format(Locale.ROOT, "%,d offsets%s: %s", records, times, parts(definition.getSpan()));
    }

    private static String parts(List<ReplaySpan> span) {
        return span.stream()
                .filter(part -> part.getTo() > part.getFrom())
                .map(part -> part.getPartition() + ":" + part.getFrom() + '-' + part.getTo())
                .collect(Collectors.joining(","));
    }

    private static String filters(ReplayDefinition definition) {
        List<String> filters = new ArrayList<>();
        add(filters, "tenant", definition.getTenants());
        add(filters, "domain", definition.getDomains());
        add(filters, "code", definition.getCodes());
        add(filters, "outcome", definition.getOutcomes());
        return String.join("; ", filters);
    }

    private static void add(List<String> filters, String name, List<String> values) {
        if (!values.isEmpty()) {
            filters.add(name + ' ' + String.join(", ", values));
        }
    }

    private static String tables(ReplayDefinition definition) {
        String rows = definition.getOverlay().stream().map(row -> row.getId()).collect(Collectors.joining(", "));
        return (definition.getAsLive() ? "as live had them" : "at position " + definition.getTablePosition())
                + (rows.isEmpty() ? "" : ", with given rows " + rows)
                + (definition.getPolicyGiven() ? ", with a given policy" : "");
    }

    /** A row of a list. */
    static String row(ReplayStatus status) {
        return String.format(
                Locale.ROOT,
                "%-24s %-12s %4.0f %%  %s",
                status.definition().getName(),
                status.phase().text(),
                Math.floor(status.share() * 100),
                status.definition().getCreatedAt());
    }
}
