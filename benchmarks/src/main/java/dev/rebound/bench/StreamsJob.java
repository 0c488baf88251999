package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a topology of Kafka Streams with the settings that Rebound ships. */
final class StreamsJob implements Job {

    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> keys;
    private final Plan plan;
    private final Connections connections;

    /** A topology to be measured. */
    interface Plan {

        Topology build(ReboundConfig config, Connections connections, Properties properties);

        /** It is done only once nothing more comes of events that are committed: it has steps behind a repartition topic, or waits. */
        boolean goesOn();
    }

    StreamsJob(Map<String, String> keys, Plan plan) {
        this.keys = keys;
        this.plan = plan;
        this.connections = new Connections(new ReboundConfig(keys), REGISTRY_PATIENCE);
    }

    @Override
    public double run(Order order) throws Exception {
        Map<String, String> all = new HashMap<>(keys);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, order.application());
        all.put(StreamsConfig.STATE_DIR_CONFIG, order.stateDirectory());
        ReboundConfig config = new ReboundConfig(all);
        try (RunningTopology topology = RunningTopology.start(plan, config, connections);
                Drain drain = new Drain(config, () -> topology.failure().getNow(null))) {
            topology.awaitRunning();
            double begin = Usage.cpuSeconds();
            drain.awaitCommitted(order.events());
            if (plan.goesOn()) {
                drain.awaitQuiet();
            }
            return Usage.cpuSeconds() - begin;
        }
    }
}
