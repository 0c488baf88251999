package dev.rebound.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rebound bench}. */
@Command(
        name = "rebound bench",
        mixinStandardHelpOptions = true,
        description = "Measures what Rebound costs beside moving the same bytes through Kafka, on this machine.")
final class Main implements Callable<Integer> {

    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000", description = "How many events.")
    private long events;

    @Option(names = "--runs", paramLabel = "R", defaultValue = "3", description = "How many runs count.")
    private int runs;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these variants.")
    private List<String> only;

    @Override
    public Integer call() throws Exception {
        List<Variant> variants = only == null
                ? Arrays.asList(Variant.values())
                : only.stream().map(Variant::named).toList();
        try (AtEnd end = new AtEnd()) {
            Cluster cluster = end.add(Cluster.start());
            EventStream stream = end.add(EventStream.produce(
                    cluster, cluster.keys(Map.of("rebound.topics.partitions", "8")), events, 500_000));
            List<Contender> contenders = new ArrayList<>();
            for (Variant variant : variants) {
                Contender contender = end.add(new Contender(variant, variant.text(), cluster, stream));
                contender.start(1);
                contenders.add(contender);
            }
            for (int run = 0; run <= runs; run++) {
                for (Contender contender : contenders) {
                    System.err.println("run " + run + ' ' + contender.name() + ": " + contender.run(run));
                }
            }
        }
        return 0;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
