package dev.rebound.bench;

import dev.rebound.config.ClientKeys;
import dev.rebound.config.ReboundConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What settings are worth. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description =
                "Measures the whole topology with one setting at a time other than it ships, in turn, and prints a table in Markdown."
                        + " Each setting takes a process with 1 GB of heap. Rates are of outcomes: of a short stream, statistics that are"
                        + " gathered for long are written behind its last outcome, and count in CPU and bytes only.")
final class SettingsCommand implements Callable<Integer> {

    private static final String SHIPPED = "as shipped";

    @Mixin
    private RunOptions run;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, as in a file of configuration; can be given several times. Default: those of"
                    + " profile latency, together and one by one, and some others.")
    private List<String> settings = List.of(
            "rebound.profile=latency",
            "commit.interval.ms=100",
            "producer.linger.ms=5",
            "producer.batch.size=32768",
            "producer.compression.type=none",
            "producer.compression.type=zstd",
            "rebound.stats.flush.ms=250",
            "rebound.stats.roll.up.ms=500",
            "rebound.state.memory.mb=32");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        run.check();
        settings.forEach(this::check);
        Machine machine = Machine.here();
        try (AtEnd end = new AtEnd()) {
            List<Row> rows;
            try {
                rows = measure(end);
            } catch (Exception e) {
                return Main.failed(end, e);
            }
            System.out.println(machine.text());
            print(rows);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Before anything starts: what clients cannot be made of would end a worker only minutes later. */
    private void check(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--set: " + setting + " (expected: KEY=VALUE, such as producer.linger.ms=5)");
        }
        Map<String, String> keys = new HashMap<>(Map.of(
                ReboundConfig.BOOTSTRAP_SERVERS, "nowhere:9092", ReboundConfig.SCHEMA_REGISTRY_URL, "http://nowhere"));
        keys.put(setting.substring(0, equals), setting.substring(equals + 1));
        try {
            ClientKeys.check(new ReboundConfig(keys));
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + setting + ": " + e.getMessage(), e);
        }
    }

    private List<Row> measure(AtEnd end) throws Exception {
        Bench bench = Bench.start(end);
        EventStream stream = bench.produce("settings.", Shape.of(run.events()));
        System.err.println("0 is " + SHIPPED);
        bench.add(Variant.REBOUND, "0", stream, 1);
        for (int i = 0; i < settings.size(); i++) {
            String setting = settings.get(i);
            System.err.println((i + 1) + " is " + setting);
            int equals = setting.indexOf('=');
            Map<String, String> keys = Map.of(setting.substring(0, equals), setting.substring(equals + 1));
            bench.add(Variant.REBOUND, Integer.toString(i + 1), stream, 1, keys);
        }
        bench.run(run.runs());
        return Row.of(bench.results());
    }

    private void print(List<Row> rows) {
        System.out.printf(
                Locale.ROOT,
                "%,d events, %s, one thread%n%n| setting | to shipped | %s |%n|---|--:|--:|--:|--:|--:|--:|--:|%n",
                run.events(),
                run.runs() == 1 ? "one run each" : "medians of " + run.runs() + " runs",
                Table.heads());
        double shipped = rows.get(0).eventsPerSecond();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %s |%n",
                    i == 0 ? SHIPPED : '`' + settings.get(i - 1) + '`',
                    row.eventsPerSecond() / shipped,
                    Table.cells(row));
        }
    }
}
