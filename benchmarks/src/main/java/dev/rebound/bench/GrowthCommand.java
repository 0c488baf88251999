package dev.rebound.bench;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the cost of the whole topology grows. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "Measures how what Rebound costs grows with one thing at a time, and prints tables in Markdown. With all"
                        + " factors it takes an hour.")
final class GrowthCommand implements Callable<Integer> {

    @Mixin
    private RunOptions run;

    @Option(
            names = "--only",
            paramLabel = "FACTOR",
            split = ",",
            description = "These factors, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Factor> only = List.of();

    @Override
    public Integer call() {
        run.check();
        System.out.println(Machine.here().text());
        try (AtEnd end = new AtEnd()) {
            try {
                Bench bench = Bench.start(end);
                for (Factor factor : only.isEmpty() ? List.of(Factor.values()) : only) {
                    measure(bench, factor);
                }
            } catch (Exception e) {
                return Main.failed(end, e);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(Bench bench, Factor factor) throws Exception {
        Map<Shape, EventStream> streams = new HashMap<>();
        Map<Integer, EventStream> byValue = new LinkedHashMap<>();
        for (int value : factor.points()) {
            Factor.Setting setting = factor.at(value, run.events());
            String name = factor.text() + '-' + value;
            if (!streams.containsKey(setting.shape())) {
                streams.put(setting.shape(), bench.produce(name + '.', setting.shape()));
            }
            byValue.put(value, streams.get(setting.shape()));
            Variant variant = setting.threads() == 2 ? Variant.REBOUND_2T : Variant.REBOUND;
            bench.add(variant, name, byValue.get(value), setting.instances());
        }
        bench.run(run.runs());
        print(factor, byValue, bench.results());
        bench.clear();
        for (EventStream stream : streams.values()) {
            stream.delete();
        }
    }

    private static void print(Factor factor, Map<Integer, EventStream> streams, List<Result> results) {
        System.out.printf(
                "%n| %s | recipients that occur | domains that occur | %s |%n|--:|--:|--:|--:|--:|--:|--:|--:|--:|%n",
                factor.text(), Table.heads());
        List<Row> rows = Row.of(results);
        int at = 0;
        for (Map.Entry<Integer, EventStream> stream : streams.entrySet()) {
            Expected events = stream.getValue().expected();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %,d | %s |%n",
                    stream.getKey(),
                    events.recipients(),
                    events.domains().size(),
                    Table.cells(rows.get(at++)));
        }
        System.out.flush();
    }
}
