package dev.rebound.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which mail statistics are about. */
final class StatsFrameOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "First moment of event time, such as 2026-03-01T00:00:00Z. Default: no beginning.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "The moment behind the last one. Default: no end.")
    private Instant to;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose mail. Default: all tenants together.")
    private String tenant;

    /** As parameters of a request; what was not given is absent. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (from != null) {
            parameters.put("from", from.toString());
        }
        if (to != null) {
            parameters.put("to", to.toString());
        }
        if (tenant != null) {
            parameters.put("tenant", tenant);
        }
        return parameters;
    }
}
