package dev.rebound.docs;

import dev.rebound.app.SchemasForTests;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Observer;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;

/** The topology as users run it, built with the default configuration. */
final class ShippedTopology {

    private ShippedTopology() {}

    static TopologyDescription describe() {
        ReboundConfig config = defaults(Map.of());
        Topics topics = config.topics();
        SchemasForTests registry = new SchemasForTests(topics);
        ReboundTopology.Settings settings =
                new ReboundTopology.Settings(topics, config.partitions(), config.statistics(), config.suppression());
        return new ReboundTopology(
                        settings,
                        registry.writerSchemas(),
                        registry.schemas(),
                        new LiveCodeTable(registry.writerSchemas()),
                        Observer.NONE)
                .build(config.streams("docs"))
                .describe();
    }

    /** The configuration of somebody who sets only what has no default, and these keys. */
    static ReboundConfig defaults(Map<String, String> keys) {
        Map<String, String> given = new HashMap<>(keys);
        given.putIfAbsent(ReboundConfig.BOOTSTRAP_SERVERS, "broker.example:9092");
        given.putIfAbsent(ReboundConfig.SCHEMA_REGISTRY_URL, "mock://");
        return new ReboundConfig(given);
    }
}
