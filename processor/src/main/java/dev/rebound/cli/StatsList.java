package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rebound.lookup.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A list of domains or providers: its options, and what they ask for. */
final class StatsList {

    private static final int ROWS = 20;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private StatsFrameOptions frame;

    @Option(
            names = "--order",
            paramLabel = "FIGURE",
            defaultValue = "attempts",
            description =
                    "Highest first by this: attempts, delivered, deferred, soft, hard, complained, blocked, trouble, which is"
                            + " failures times their share, bounceRate and others. Default: attempts.")
    private String order;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "So many at most. Default: " + ROWS + "; all with --json and --csv.")
    private Integer limit;

    @ArgGroup
    private Form form;

    /** How the list is written when not as a table. */
    private static final class Form {

        @Option(names = "--json", description = "The instance's answer as JSON.")
        private boolean json;

        @Option(names = "--csv", description = "Figures as comma-separated values with a header.")
        private boolean csv;
    }

    /** @param path last part of the path */
    void print(CommandSpec spec, String path) throws IOException {
        if (Measure.of(order).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--order: " + order + " (expected: one of " + Measure.texts() + ")");
        }
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: " + limit + " (expected: at least 1)");
        }
        Map<String, String> query = frame.parameters();
        query.put("order", order);
        PrintWriter out = spec.commandLine().getOut();
        if (form == null) {
            query.put("limit", Integer.toString(limit == null ? ROWS : limit));
            JsonNode answer = instance.client().get("/api/v1/" + path, query);
            table(answer, answer.path(path), out);
            SuppressionText.tellStaleness(answer, spec.commandLine().getErr());
        } else {
            if (limit != null) {
                query.put("limit", limit.toString());
            }
            query.put("format", form.csv ? "csv" : "json");
            try (InputStream in = instance.client().stream("/api/v1/" + path, query)) {
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
                text.transferTo(out);
            }
            if (form.json) {
                out.println();
            }
        }
        out.flush();
    }

    private static void table(JsonNode answer, JsonNode rows, PrintWriter out) {
        int width = 1;
        for (JsonNode row : rows) {
            width = Math.max(width, name(row).length());
        }
        String format = "%-" + width + "s  %10s  %10s %6s  %9s  %8s  %8s  %10s  %8s  %s%n";
        out.printf(
                format,
                "",
                "attempts",
                "delivered",
                "",
                "deferred",
                "soft",
                "hard",
                "complained",
                "blocked",
                "top category");
        for (JsonNode row : rows) {
            out.printf(
                    format,
                    name(row),
                    row.path("attempts").asText(),
                    row.path("delivered").asText(),
                    StatsText.percent(row.at("/rates/delivery")),
                    row.path("deferred").asText(),
                    row.path("soft").asText(),
                    row.path("hard").asText(),
                    row.path("complained").asText(),
                    row.path("blocked").asText(),
                    StatsText.orDash(row.path("topCategory")));
        }
        if (answer.path("more").asLong() > 0) {
            out.println("... and " + answer.path("more").asLong() + " more");
        }
    }

    private static String name(JsonNode row) {
        return row.path(row.has("domain") ? "domain" : "name").asText();
    }
}
