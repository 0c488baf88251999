package dev.rebound.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rebound bench}. */
@Command(
        name = "rebound bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures on this machine what Rebound costs beside moving the same bytes through Kafka: the same events through"
                    + " several programs in turn, each a process of its own with 1 GB of heap, their outputs checked. Takes some"
                    + " minutes, 12 GB of memory and, for each million events, 3 GB in the directory for temporary files.",
            "Variants: copy (consumer and producer), pass (Kafka Streams, bytes, exactly once), transactions (consumer and"
                    + " transactional producer that classify and route), rebound-classify, rebound-stats (parts of the topology),"
                    + " rebound (as it ships), rebound-2t (two threads), naive (as tutorials would do it), and with --flink: flink (the same as rebound-2t as a"
                    + " job of Apache Flink's)."
        },
        subcommands = {
            GrowthCommand.class,
            LatencyCommand.class,
            ReplayCommand.class,
            SettingsCommand.class,
            SoakCommand.class,
            StartCommand.class
        })
final class Main implements Callable<Integer> {

    @Mixin
    private RunOptions run;

    @Option(names = "--json", description = "Prints the figures as JSON.")
    private boolean json;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These variants, separated by commas. Default: all. Ratios need copy and pass.")
    private List<String> only = List.of();

    @Option(
            names = "--flink",
            description = "Variant flink, too. It is built first, and that downloads about 130 MB the first time.")
    private boolean flink;

    @Spec
    private CommandSpec spec;

    /** What is printed as JSON. */
    private record Output(List<Row> runs, Machine machine) {}

    @Override
    public Integer call() throws Exception {
        run.check();
        List<Variant> variants = variants();
        Machine machine = Machine.here();
        try (AtEnd end = new AtEnd()) {
            List<Row> rows;
            try {
                rows = measure(end, variants);
            } catch (Exception e) {
                return failed(end, e);
            }
            print(rows, machine);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Where the bench was stopped, whatever broke because of that is not worth a word. */
    static int failed(AtEnd end, Exception problem) {
        if (!end.hasBegun()) {
            System.err.println("rebound bench: " + (problem.getMessage() == null ? problem : problem.getMessage()));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private List<Variant> variants() {
        try {
            Stream<Variant> chosen = only.isEmpty()
                    ? Stream.of(Variant.values()).filter(variant -> variant != Variant.FLINK)
                    : only.stream().map(Variant::named);
            return Stream.concat(chosen, flink ? Stream.of(Variant.FLINK) : Stream.empty())
                    .distinct()
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--only: " + e.getMessage());
        }
    }

    private List<Row> measure(AtEnd end, List<Variant> variants) throws Exception {
        Bench bench = Bench.start(end);
        Map<Long, EventStream> streams = new HashMap<>();
        for (Variant variant : variants) {
            long count = Math.min(run.events(), variant.mostEvents());
            if (!streams.containsKey(count)) {
                streams.put(count, bench.produce("of-" + count + '.', Shape.of(count)));
            }
            bench.add(variant, variant.text(), streams.get(count), 1);
        }
        bench.run(run.runs());
        return Row.of(bench.results());
    }

    private void print(List<Row> rows, Machine machine) throws Exception {
        if (json) {
            System.out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(new Output(rows, machine)));
            return;
        }
        System.out.println(machine.text());
        System.out.printf(
                Locale.ROOT,
                "%,d events, %s, %d partitions%n%n",
                run.events(),
                run.runs() == 1 ? "one run" : "medians of " + run.runs() + " runs",
                Shape.PARTITIONS);
        System.out.print(Table.text(rows));
        rows.stream()
                .filter(row -> row.events() < run.events())
                .forEach(row -> System.out.printf(
                        Locale.ROOT, "%n%s has a stream of its own, of %,d events%n", row.name(), row.events()));
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
