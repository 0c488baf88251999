package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.classify.CodeId;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.codes.OperatorRows;
import dev.rebound.config.ReboundConfig;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and changes the code table. */
@Command(
        name = "codes",
        mixinStandardHelpOptions = true,
        description =
                "Shows and changes what status codes mean. A change takes effect within a second, without a restart.",
        synopsisSubcommandLabel = "COMMAND")
final class CodesCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String BEGINNING = "beginning";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: list, show, set, remove, import or export.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the rows in force now.")
    Integer list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--category", paramLabel = "NAME", description = "Only rows of this category.")
                    String category,
            @Option(
                            names = "--origin",
                            paramLabel = "ORIGIN",
                            description = "Only rows to which this origin adds:" + " operator, seed or iana.")
                    String origin,
            @Option(names = "--json", description = "A JSON object a line.") boolean json) {
        String wanted = origin == null ? null : Origin.parse(origin).text();
        return with(cluster, topic -> {
            PrintWriter out = spec.commandLine().getOut();
            CodesTopic.Content content = topic.read();
            tellUnusable(content);
            List<CodeRow> rows = content.table().rows(Instant.now()).stream()
                    .filter(row -> category == null
                            || (row.category() != null && row.category().name().equalsIgnoreCase(category)))
                    .filter(row -> wanted == null
                            || List.of(row.origins().split("\\+")).contains(wanted))
                    .toList();
            rows.forEach(row -> out.println(json ? CodeRowText.json(row) : CodeRowText.line(row)));
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one row: merged, and by origin.")
    Integer show(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "CODE", description = "Such as 5.1.1, 550, 5.1, 5.XXX.YYY or 5xx.") String code) {
        CodeId id = CodeId.parse(code);
        return with(cluster, topic -> {
            CodesTopic.Content content = topic.read();
            tellUnusable(content);
            PrintWriter out = spec.commandLine().getOut();
            CodeRow row = content.table().row(id.text(), Instant.now());
            if (row == null && content.table().source(Origin.OPERATOR, id.text()) == null) {
                throw new IllegalArgumentException("status-codes has no row " + id.text()
                        + "; rebound codes list shows those that exist, rebound codes set makes one");
            }
            CodeRowText.print(row, content.table(), id.text(), out);
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description =
                    "Sets fields of the operator's row of a code. Fields not named keep what the operator's row has.")
    Integer set(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "CODE", description = "Such as 5.1.1, 550, 5.1, 5.XXX.YYY or 5xx.") String code,
            @Option(names = "--bounce-type", paramLabel = "HARD|SOFT", description = "Bounce type of final failures.")
                    BounceType bounceType,
            @Option(names = "--category", paramLabel = "NAME", description = "Category; scope follows from it.")
                    String category,
            @Option(names = "--summary", paramLabel = "TEXT", description = "Short wording.") String summary,
            @Option(names = "--explanation", paramLabel = "TEXT", description = "What it means in practice.")
                    String explanation,
            @Option(
                            names = "--effective-from",
                            paramLabel = "TIME",
                            description = "Event time from which it counts, ISO" + " 8601, or " + BEGINNING
                                    + ". Default: now.")
                    String effectiveFrom,
            @Option(names = "--by", paramLabel = "WHO", description = "Who sets it. Default: the user's name.")
                    String by) {
        if (bounceType == null && category == null && summary == null && explanation == null) {
            throw new ParameterException(
                    spec.commandLine(), "Name at least one of --bounce-type, --category, --summary, --explanation.");
        }
        if (bounceType == BounceType.NONE) {
            throw new ParameterException(
                    spec.commandLine(), "--bounce-type: NONE (expected: HARD or SOFT; a final failure is always one)");
        }
        OperatorRows.Change change = new OperatorRows.Change(
                CodeId.parse(code),
                bounceType,
                category == null ? null : category.toUpperCase(Locale.ROOT),
                summary,
                explanation);
        return with(cluster, topic -> {
            OperatorRows.Effect effect = effect(effectiveFrom, by);
            topic.write(List.of(new OperatorRows(topic.read()).set(change, effect)));
            spec.commandLine().getErr().println("Set " + code + since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes the operator's row of a code back; what was there before counts again.")
    Integer remove(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "CODE", description = "Such as 5.1.1, 550, 5.1, 5.XXX.YYY or 5xx.") String code,
            @Option(
                            names = "--effective-from",
                            paramLabel = "TIME",
                            description = "Event time from which it is gone, ISO" + " 8601, or " + BEGINNING
                                    + ". Default: now.")
                    String effectiveFrom,
            @Option(names = "--by", paramLabel = "WHO", description = "Who removes it. Default: the user's name.")
                    String by) {
        CodeId id = CodeId.parse(code);
        return with(cluster, topic -> {
            OperatorRows.Effect effect = effect(effectiveFrom, by);
            topic.write(List.of(new OperatorRows(topic.read()).withdraw(id, effect)));
            spec.commandLine().getErr().println("Removed the operator's row of " + code + since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Prints the operator's rows with their history, a JSON object a line.")
    Integer export(
            @Mixin ClusterOptions cluster, @Option(names = "--all", description = "Shipped rows too.") boolean all) {
        return with(cluster, topic -> {
            PrintWriter out = spec.commandLine().getOut();
            topic.read().rows().values().stream()
                    .filter(row -> all || row.getOrigin().equals(Origin.OPERATOR.text()))
                    .forEach(row -> out.println(PlainJson.write(row, PlainJson.Nulls.OMIT)));
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the operator's rows of a file that export made. All lines are checked before any is written.")
    Integer importRows(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "FILE", description = "File to read; - reads standard input.") String file)
            throws IOException {
        List<StatusCode> rows = readRows(file);
        return with(cluster, topic -> {
            new OperatorRows(topic.read()).refuseLossOfHistory(rows);
            topic.write(rows);
            spec.commandLine().getErr().println("Imported " + rows.size() + " rows.");
            return ExitCode.OK.code();
        });
    }

    private void tellUnusable(CodesTopic.Content content) {
        content.unusable().forEach((key, reason) -> spec.commandLine()
                .getErr()
                .println("Row " + key + " cannot be used, an earlier one may be in force: " + reason));
    }

    private static List<StatusCode> readRows(String file) throws IOException {
        List<StatusCode> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    StatusCode row = PlainJson.read(line, StatusCode.class);
                    if (Origin.parse(row.getOrigin()) == Origin.OPERATOR) {
                        CodeTable.validate(row);
                        rows.add(row);
                    }
                } catch (InvalidJsonException | IllegalArgumentException e) {
                    problems.add("line " + number + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " cannot be imported, nothing was written:\n  " + String.join("\n  ", problems));
        }
        return rows;
    }

    private Integer with(ClusterOptions cluster, Function<CodesTopic, Integer> work) {
        ReboundConfig config = cluster.config();
        try (Connections connections = new Connections(config, PATIENCE)) {
            return work.apply(new CodesTopic(config, connections.writerSchemas(), connections.schemas()));
        }
    }

    private OperatorRows.Effect effect(String effectiveFrom, String by) {
        String who = by == null ? System.getProperty("user.name", "unknown") : by;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (effectiveFrom == null) {
            return new OperatorRows.Effect(now, now, who);
        }
        if (effectiveFrom.equals(BEGINNING)) {
            return new OperatorRows.Effect(null, now, who);
        }
        try {
            return new OperatorRows.Effect(Instant.parse(effectiveFrom), now, who);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--effective-from: " + effectiveFrom + " (expected: such as 2026-03-01T00:00:00Z, or " + BEGINNING
                            + ")");
        }
    }

    private static String since(OperatorRows.Effect effect) {
        return effect.from() == null ? " for all events." : " for events from " + effect.from() + " on.";
    }
}
