package dev.rebound.cli;

import dev.rebound.classify.CodeId;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.Origin;
import dev.rebound.classify.RowKind;
import dev.rebound.codes.CodeFile;
import dev.rebound.codes.CodesTopic;
import dev.rebound.codes.OperatorRows;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
                "Shows and changes what status codes mean; rebound rules does so for texts, rebound providers for who hosts"
                        + " which domains. A change takes effect within a second, without a restart.",
        synopsisSubcommandLabel = "COMMAND")
final class CodesCommand implements Callable<Integer> {

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
        return cluster.withCodes(topic -> {
            PrintWriter out = spec.commandLine().getOut();
            CodesTopic.Content content = topic.read();
            CodeRowText.tellUnusable(content, spec.commandLine().getErr());
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
        String id = idOfCode(code);
        return cluster.withCodes(topic -> {
            CodesTopic.Content content = topic.read();
            CodeRowText.tellUnusable(content, spec.commandLine().getErr());
            PrintWriter out = spec.commandLine().getOut();
            CodeRow row = content.table().row(id, Instant.now());
            if (row == null && content.table().source(Origin.OPERATOR, id) == null) {
                throw new IllegalArgumentException("status-codes has no row " + id
                        + "; rebound codes list shows those that exist, rebound codes set makes one");
            }
            CodeRowText.print(row, content.table(), id, out);
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
            @Mixin EffectOptions when) {
        if (bounceType == null && category == null && summary == null && explanation == null) {
            throw new ParameterException(
                    spec.commandLine(), "Name at least one of --bounce-type, --category, --summary, --explanation.");
        }
        if (bounceType == BounceType.NONE) {
            throw new ParameterException(
                    spec.commandLine(), "--bounce-type: NONE (expected: HARD or SOFT; a final failure is always one)");
        }
        String id = idOfCode(code);
        Consumer<StatusCodeRevision.Builder> change = revision -> {
            Optional.ofNullable(bounceType).ifPresent(revision::setBounceType);
            Optional.ofNullable(category)
                    .map(name -> name.toUpperCase(Locale.ROOT))
                    .ifPresent(revision::setCategory);
            Optional.ofNullable(summary).ifPresent(revision::setSummary);
            Optional.ofNullable(explanation).ifPresent(revision::setExplanation);
        };
        return cluster.withCodes(topic -> {
            OperatorRows.Effect effect = when.effect();
            topic.write(List.of(new OperatorRows(topic.read()).set(id, change, effect)));
            spec.commandLine().getErr().println("Set " + id + EffectOptions.since(effect));
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
            @Mixin EffectOptions when) {
        String id = idOfCode(code);
        return cluster.withCodes(topic -> {
            OperatorRows.Effect effect = when.effect();
            topic.write(List.of(new OperatorRows(topic.read()).withdraw(id, effect)));
            spec.commandLine().getErr().println("Removed the operator's row of " + id + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the operator's rows, of codes, text rules and providers, with their history, a JSON object a line.")
    Integer export(
            @Mixin ClusterOptions cluster, @Option(names = "--all", description = "Shipped rows too.") boolean all) {
        return cluster.withCodes(topic -> {
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
                    "Writes the operator's rows, of codes, text rules and providers, of a file that export made. All lines are checked"
                            + " before any is written.")
    Integer importRows(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "FILE", description = "File to read; - reads standard input.") String file)
            throws IOException {
        List<StatusCode> rows = readRows(file);
        return cluster.withCodes(topic -> {
            new OperatorRows(topic.read()).refuseLossOfHistory(rows);
            topic.write(rows);
            spec.commandLine().getErr().println("Imported " + rows.size() + " rows.");
            return ExitCode.OK.code();
        });
    }

    private static String idOfCode(String text) {
        return switch (RowKind.of(text)) {
            case CODE -> CodeId.parse(text).text();
            case TEXT_RULE ->
                throw new IllegalArgumentException(text
                        + " is the name of a text rule (expected: a code, such as 5.1.1); see rebound rules --help");
            case PROVIDER ->
                throw new IllegalArgumentException(text
                        + " is a row about a provider (expected: a code, such as 5.1.1); see rebound providers --help");
        };
    }

    private static List<StatusCode> readRows(String file) throws IOException {
        List<StatusCode> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(TextInput.open(file))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    CodeFile.operatorsRow(line).ifPresent(rows::add);
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
}
