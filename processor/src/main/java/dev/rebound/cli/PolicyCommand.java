package dev.rebound.cli;

import dev.rebound.classify.ShippedCodes;
import dev.rebound.ingest.IngestNdjson;
import dev.rebound.ingest.IngestSummary;
import dev.rebound.ingest.InputSource;
import dev.rebound.ingest.InputSources;
import dev.rebound.ingest.Ledger;
import dev.rebound.ingest.NdjsonReader;
import dev.rebound.ingest.Progress;
import dev.rebound.json.NearestName;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.PolicyFile;
import dev.rebound.suppress.Preset;
import dev.rebound.suppress.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks and explains what suppresses addresses. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description =
                "Checks and explains when addresses are suppressed and for how long. Needs no cluster. A processor takes its"
                        + " policy from the key rebound.suppression.policy.",
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Callable<Integer> {

    private static final String FILE = "Policy file in YAML; - reads standard input.";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: check, explain or presets.");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says whether a policy file can be used, and what is wrong with it.")
    Integer check(@Parameters(paramLabel = "FILE", description = FILE) String file) throws IOException {
        Policies policies = read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("OK " + PolicyText.line(policies.standard()));
        new TreeMap<>(policies.tenants())
                .forEach((tenant, policy) -> out.println("tenant " + tenant + ": " + PolicyText.line(policy)));
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "presets",
            mixinStandardHelpOptions = true,
            description = "Lists the policies that ship, or prints one of them as a policy file.")
    Integer presets(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the preset to print.")
                    String name) {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            Presets.names()
                    .forEach(known -> out.printf(
                            "%-11s %s%n",
                            known, Presets.find(known).orElseThrow().description()));
        } else {
            out.print(preset(name).text());
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description =
                    "Tells in sentences what a policy does; with --events, what becomes of the addresses in a file of events.")
    Integer explain(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = FILE + " Default: the preset " + Presets.DEFAULT + ".")
                    String file,
            @Option(names = "--preset", paramLabel = "NAME", description = "A policy that ships, instead of FILE.")
                    String preset,
            @Option(
                            names = "--tenant",
                            paramLabel = "TENANT",
                            description = "The policy of this tenant alone; with --events, its addresses alone.")
                    String tenant,
            @Option(
                            names = "--events",
                            paramLabel = "EVENTS",
                            description =
                                    "Delivery events as JSON, a line each, as ingest ndjson reads them; - reads standard"
                                            + " input. Tells when each address is suppressed and released, by which rule, and"
                                            + " from which events.")
                    String events,
            @Option(names = "--json", description = "A JSON object a line.") boolean json)
            throws IOException, InterruptedException {
        if (file != null && preset != null) {
            throw new ParameterException(spec.commandLine(), "Give either FILE or --preset.");
        }
        if ("-".equals(file) && "-".equals(events)) {
            throw new ParameterException(
                    spec.commandLine(), "standard input (-) is named twice (expected: for FILE or for --events)");
        }
        Policies policies = file != null
                ? read(file)
                : Policies.of(preset(preset == null ? Presets.DEFAULT : preset).policy());
        PrintWriter out = spec.commandLine().getOut();
        if (events == null) {
            chosen(policies, tenant).forEach((name, policy) -> {
                String owner = name.isEmpty() ? null : name;
                out.println(json ? PolicyText.json(owner, policy) : PolicyText.of(owner, policy));
            });
        } else {
            PolicyTrial trial = new PolicyTrial(policies, tenant);
            play(events, trial);
            trial.outcomes().forEach(outcome -> out.println(json ? outcome.json() : outcome.text()));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    /** Policies by the tenant that they are for; the empty text for all that have none of their own. */
    private Map<String, Policy> chosen(Policies policies, String tenant) {
        if (tenant == null) {
            Map<String, Policy> all = new TreeMap<>(policies.tenants());
            all.put("", policies.standard());
            return all;
        }
        if (!policies.tenants().containsKey(tenant)) {
            spec.commandLine().getErr().println("Tenant " + tenant + " has no policy of its own.");
        }
        return Map.of(tenant, policies.of(tenant));
    }

    private void play(String file, PolicyTrial trial) throws IOException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        NdjsonReader reader = new NdjsonReader(Clock.fixed(now, ZoneOffset.UTC));
        List<InputSource> sources = InputSources.lines(List.of(file), System.in);
        IngestSummary summary = new IngestNdjson(
                        reader,
                        trial.sink(now),
                        Ledger.none(),
                        new ToldProblems(spec.commandLine().getErr()),
                        () -> false)
                .run(sources);
        if (summary.badLines() > 0) {
            spec.commandLine().getErr().println(summary.badLines() + " bad lines were passed over.");
        }
        spec.commandLine().getErr().flush();
    }

    private Policies read(String file) throws IOException {
        Policies policies = PolicyFile.read(TextInput.name(file), new StringReader(TextInput.read(file)));
        tellOtherProviders(policies);
        return policies;
    }

    /** An operator may have made the provider, which only a cluster knows; or its name is misspelt. */
    private void tellOtherProviders(Policies policies) {
        SortedSet<String> shipped = ShippedCodes.table().providers();
        SortedSet<String> others = new TreeSet<>();
        Stream.concat(Stream.of(policies.standard()), policies.tenants().values().stream())
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> rule.when().stream())
                .forEach(condition -> others.addAll(condition.providers()));
        others.removeAll(shipped);
        others.forEach(provider -> spec.commandLine()
                .getErr()
                .println("Provider " + provider + " is not among those that ship"
                        + NearestName.close(provider, shipped)
                                .map(close -> "; did you mean " + close + "?")
                                .orElse(": it counts where rebound providers list has it.")));
    }

    private static Preset preset(String name) {
        return Presets.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "preset: " + name + " (expected: " + Presets.expected(name) + ")"));
    }

    /** Tells of lines that cannot be read, and of nothing else. */
    private record ToldProblems(PrintWriter err) implements Progress {

        @Override
        public void advanced(long read, long events, double share) {}

        @Override
        public void problem(String message) {
            err.println(message);
        }

        @Override
        public void finished() {}
    }
}
