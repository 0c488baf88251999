package dev.rebound.measure;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.ingest.KafkaEventSink;
import dev.rebound.local.LocalStack;
import dev.rebound.local.LocalStackOptions;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Observer;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.ReboundTopology.Part;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What statistics and suppression cost of the processor's throughput: the same generated events through the topology with and without
 * them, in turn, one thread. Prints medians and their ratios to routing alone.
 */
public final class CostOfParts {

    private static final int RUNS = 3;

    private CostOfParts() {}

    private enum Variant {
        ROUTING("classified and routed", EnumSet.noneOf(Part.class)),
        STATISTICS("... and counted", EnumSet.of(Part.STATISTICS)),
        SUPPRESSION("... and suppressed, not counted", EnumSet.of(Part.SUPPRESSION)),
        ALL("all, as shipped", EnumSet.allOf(Part.class));

        private final String text;
        private final Set<Part> parts;

        Variant(String text, Set<Part> parts) {
            this.text = text;
            this.parts = parts;
        }
    }

    /** Measures with so many events, 1,000,000 when no number is given. */
    public static void main(String[] args) throws Exception {
        int events = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("rebound-cost-of-parts");
        try (LocalStack stack =
                LocalStack.start(new LocalStackOptions(data, 0, 0), System.err::println, System.err::println)) {
            Map<String, String> keys = Map.of(
                    ReboundConfig.BOOTSTRAP_SERVERS, stack.bootstrapServers(),
                    ReboundConfig.SCHEMA_REGISTRY_URL, stack.schemaRegistryUrl(),
                    ReboundConfig.TOPICS_PARTITIONS, "8");
            ReboundConfig config = new ReboundConfig(keys);
            try (Connections connections = new Connections(config, Duration.ofSeconds(20))) {
                new TopicAdmin(config).create(connections.schemas());
                new CodesTopic(config, connections.writerSchemas(), connections.schemas()).loadShipped();
                produce(config, connections, events);
                measure(System.out, keys, connections, data, events);
            }
        }
    }

    private static void produce(ReboundConfig config, Connections connections, int events) throws Exception {
        TrafficPlan plan = new TrafficPlan(1, Scenario.ORDINARY, Instant.parse("2026-03-01T00:00:00Z"), 1_000);
        Traffic traffic = new Traffic(plan);
        try (KafkaEventSink sink = new KafkaEventSink(config, connections.schemas())) {
            for (int i = 0; i < events; i++) {
                sink.accept(traffic.next());
            }
            sink.flush();
        }
    }

    private static void measure(
            PrintStream out, Map<String, String> keys, Connections connections, Path data, int events)
            throws Exception {
        Map<Variant, List<Double>> rates = new EnumMap<>(Variant.class);
        for (int run = 0; run <= RUNS; run++) {
            for (Variant variant : Variant.values()) {
                double seconds = run(variant, run, keys, connections, data, events);
                System.err.printf("run %d %s: %,.0f events/s%n", run, variant, events / seconds);
                if (run > 0) {
                    rates.computeIfAbsent(variant, any -> new ArrayList<>()).add(events / seconds);
                }
            }
        }
        double routing = median(rates.get(Variant.ROUTING));
        for (Variant variant : Variant.values()) {
            double rate = median(rates.get(variant));
            out.printf("%-36s %,10.0f events/s  %.2f%n", variant.text, rate, rate / routing);
        }
    }

    private static double run(
            Variant variant, int run, Map<String, String> keys, Connections connections, Path data, int events)
            throws Exception {
        Map<String, String> all = new HashMap<>(keys);
        all.put("application.id", "cost-" + variant.name().toLowerCase(java.util.Locale.ROOT) + '-' + run);
        all.put("state.dir", data.resolve("state-" + variant + run).toString());
        all.put("auto.offset.reset", "earliest");
        ReboundConfig config = new ReboundConfig(all);
        LiveCodeTable codes = new LiveCodeTable(connections.writerSchemas());
        Properties properties = config.streams("one");
        ReboundTopology.Settings settings = new ReboundTopology.Settings(
                config.topics(), 8, config.statistics(), config.suppression(), variant.parts);
        ReboundTopology topology =
                new ReboundTopology(settings, connections.writerSchemas(), connections.schemas(), codes, Observer.NONE);
        try (KafkaStreams streams = new KafkaStreams(topology.build(properties), properties)) {
            streams.start();
            while (streams.state() != KafkaStreams.State.RUNNING) {
                Thread.sleep(10);
            }
            long begin = System.nanoTime();
            new Progress(config).awaitAll(events);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
