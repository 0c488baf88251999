package dev.rebound.cli;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.ProviderRow;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.codes.CodesTopic;
import dev.rebound.codes.OperatorProviders;
import dev.rebound.codes.OperatorRows;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.StatusCode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and changes who hosts which receiving domains. */
@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        description =
                "Shows and changes who hosts receiving domains, told by the names of their mail hosts. A change takes effect"
                        + " within a second, without a restart. These are rows of the code table: rebound codes export saves"
                        + " those of the operator with their history.",
        synopsisSubcommandLabel = "COMMAND")
final class ProvidersCommand implements Callable<Integer> {

    private static final String SUFFIX = "End of mail hosts' names, such as google.com.";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: list, show, lookup, set or remove.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the rows in force now.")
    Integer list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--provider", paramLabel = "NAME", description = "Only rows of this provider.")
                    String provider,
            @Option(
                            names = "--origin",
                            paramLabel = "ORIGIN",
                            description = "Only rows to which this origin adds: operator or rebound.")
                    String origin,
            @Option(names = "--json", description = "A JSON object a line.") boolean json) {
        if (provider != null) {
            requireProvider(provider);
        }
        String wanted = origin == null ? null : Origin.parse(origin).text();
        return cluster.withCodes(topic -> {
            CodeTable table = read(topic).table();
            if (provider != null && !table.providers().contains(provider)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--provider: " + provider + " (expected: one of " + String.join(", ", table.providers()) + ")");
            }
            Instant now = Instant.now();
            ProviderText text = new ProviderText(table, now);
            Stream<ProviderRow> rows = table.providerRows(now).stream()
                    .filter(row -> provider == null || provider.equals(row.provider()))
                    .filter(row -> wanted == null
                            || List.of(row.origins().split("\\+")).contains(wanted));
            print(rows.map(json ? text::json : text::line));
            return ExitCode.OK.code();
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one row: merged, and by origin.")
    Integer show(@Mixin ClusterOptions cluster, @Parameters(paramLabel = "SUFFIX", description = SUFFIX) String text) {
        String suffix = suffix(text);
        return cluster.withCodes(topic -> {
            CodeTable table = read(topic).table();
            if (Arrays.stream(Origin.values())
                    .allMatch(origin -> table.source(origin, ProviderRow.id(suffix)) == null)) {
                throw new IllegalArgumentException("status-codes has no row of suffix " + suffix
                        + "; rebound providers list shows those that exist, rebound providers set makes one");
            }
            PrintWriter out = spec.commandLine().getOut();
            new ProviderText(table, Instant.now()).print(suffix, out);
            out.flush();
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "lookup",
            mixinStandardHelpOptions = true,
            description =
                    "Tells who hosts the domains behind mail hosts: by the rows that ship, which needs no cluster, or by those"
                            + " in force on a cluster.")
    Integer lookup(
            @Mixin ClusterOptions cluster,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "HOST",
                            description = "Name of a receiving server, such as gmail-smtp-in.l.google.com.")
                    List<String> hosts,
            @Option(
                            names = "--against-cluster",
                            description = "By the rows of the cluster, as it is when one is named.")
                    boolean againstCluster,
            @Option(names = "--json", description = "A JSON object a line.") boolean json) {
        Function<CodeTable, Integer> work = table -> {
            ProviderText text = new ProviderText(table, Instant.now());
            print(hosts.stream().map(json ? text::hostJson : text::hostLine));
            return ExitCode.OK.code();
        };
        return againstCluster || cluster.isNamed()
                ? cluster.withCodes(topic -> work.apply(read(topic).table()))
                : work.apply(ShippedCodes.table());
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description =
                    "Sets fields of the operator's row of a suffix. It stands for the host of this name and all below it, and"
                            + " the longest suffix counts. Fields not named keep what the operator's row has, unless it is of"
                            + " another provider, and those that it does not have are those of the row that ships.")
    Integer set(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "SUFFIX", description = SUFFIX) String text,
            @Option(
                            names = "--provider",
                            paramLabel = "NAME",
                            description = "Who hosts the domains, such as google. One that no row has needs --name.")
                    String provider,
            @Option(names = "--no-provider", description = "The hosts are nobody's, whatever a shorter suffix says.")
                    boolean noProvider,
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            description = "What people know the provider by; of several, the one set last counts.")
                    String name,
            @Option(names = "--source", paramLabel = "TEXT", description = "Where that is known from.") String source,
            @Option(names = "--dry-run", description = "Checks, and shows what would be written.") boolean dryRun,
            @Mixin EffectOptions when) {
        if (provider == null && !noProvider && name == null && source == null) {
            throw new ParameterException(
                    spec.commandLine(), "Name at least one of --provider, --no-provider, --name, --source.");
        }
        if (noProvider && (provider != null || name != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--no-provider does not go with --provider or --name (expected: one of them)");
        }
        String suffix = suffix(text);
        if (provider != null) {
            requireProvider(provider.strip());
        }
        OperatorProviders.Change change = new OperatorProviders.Change(
                noProvider ? "" : strippedOrNull(provider), strippedOrNull(name), strippedOrNull(source));
        OperatorRows.Effect effect = when.effect();
        return cluster.withCodes(topic -> {
            StatusCode row = new OperatorProviders(read(topic)).set(suffix, change, effect);
            write(topic, row, dryRun, "Set suffix " + suffix + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Takes the operator's row of a suffix back; what was there before counts again. A row that ships is"
                            + " overridden by: providers set SUFFIX --no-provider.")
    Integer remove(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "SUFFIX", description = SUFFIX) String text,
            @Option(names = "--dry-run", description = "Checks, and shows what would be written.") boolean dryRun,
            @Mixin EffectOptions when) {
        String suffix = suffix(text);
        OperatorRows.Effect effect = when.effect();
        return cluster.withCodes(topic -> {
            StatusCode row = new OperatorRows(read(topic)).withdraw(ProviderRow.id(suffix), effect);
            write(topic, row, dryRun, "Removed the operator's row of suffix " + suffix + EffectOptions.since(effect));
            return ExitCode.OK.code();
        });
    }

    private void write(CodesTopic topic, StatusCode row, boolean dryRun, String done) {
        if (dryRun) {
            print(Stream.of(PlainJson.write(row, PlainJson.Nulls.OMIT)));
            spec.commandLine().getErr().println("Nothing was written. Leave --dry-run out to do it.");
        } else {
            topic.write(List.of(row));
            spec.commandLine().getErr().println(done);
        }
    }

    private void print(Stream<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private CodesTopic.Content read(CodesTopic topic) {
        CodesTopic.Content content = topic.read();
        CodeRowText.tellUnusable(content, spec.commandLine().getErr());
        return content;
    }

    private void requireProvider(String provider) {
        if (!ProviderRow.isProvider(provider)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--provider: " + provider + " (expected: " + ProviderRow.PROVIDER_EXPECTED + ")");
        }
    }

    /** The suffix as rows have it; letter case, and the dot at the end of a full name, are nobody's mistake. */
    private static String suffix(String text) {
        String suffix = text.strip().toLowerCase(Locale.ROOT);
        if (suffix.endsWith(".")) {
            suffix = suffix.substring(0, suffix.length() - 1);
        }
        if (!ProviderRow.isSuffix(suffix)) {
            throw new IllegalArgumentException("suffix: " + text + " (expected: " + ProviderRow.SUFFIX_EXPECTED + ")");
        }
        return suffix;
    }

    private static String strippedOrNull(String text) {
        return text == null ? null : text.strip();
    }
}
