package dev.rebound.cli;

import dev.rebound.replay.ReplayRequest.Offsets;
import dev.rebound.replay.ReplayRequest.Span;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of the past. */
final class ReplaySpanOptions {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9}):([0-9]{1,18})-([0-9]{1,18})");

    @Option(names = "--all", description = "All events that are there.")
    private boolean all;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Events that arrived at this time or later, ISO 8601, such as 2026-11-01T00:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Events that arrived before this time, ISO 8601.")
    private String to;

    @Option(
            names = "--offsets",
            paramLabel = "PARTITION:FROM-TO",
            split = ",",
            description =
                    "Events by offsets, such as 0:100-200,1:50-90; TO is not included. Partitions that are not named are"
                            + " left out.")
    private List<String> offsets = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Something of it is given. */
    boolean isGiven() {
        return all || from != null || to != null || !offsets.isEmpty();
    }

    /** The span; all when nothing is given. @throws ParameterException when it cannot be understood */
    Span span() {
        if (all && (from != null || to != null || !offsets.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--all goes without --from, --to and --offsets.");
        }
        if (!offsets.isEmpty() && (from != null || to != null)) {
            throw new ParameterException(spec.commandLine(), "--offsets goes without --from and --to.");
        }
        return new Span(time("--from", from), time("--to", to), parts());
    }

    private Map<Integer, Offsets> parts() {
        Map<Integer, Offsets> parts = new TreeMap<>();
        for (String text : offsets) {
            Matcher part = PART.matcher(text);
            if (!part.matches()) {
                throw new ParameterException(
                        spec.commandLine(), "--offsets: " + text + " (expected: such as 0:100-200)");
            }
            Offsets range = new Offsets(Long.parseLong(part.group(2)), Long.parseLong(part.group(3)));
            if (parts.put(Integer.parseInt(part.group(1)), range) != null) {
                throw new ParameterException(
                        spec.commandLine(), "--offsets: " + text + " (expected: each partition once)");
            }
        }
        return parts;
    }

    private Optional<Instant> time(String option, String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + text + " (expected: such as 2026-11-01T00:00:00Z)", e);
        }
    }
}
