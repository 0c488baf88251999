package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Observer;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.ReboundTopology.Part;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.Topology;

/**
 * The topology that ships.
 *
 * @param parts what it does beside routing
 */
record ShippedTopology(Set<Part> parts) implements StreamsJob.Plan {

    @Override
    public Topology build(ReboundConfig config, Connections connections, Properties properties) {
        ReboundTopology.Settings settings = new ReboundTopology.Settings(
                config.topics(), config.partitions(), config.statistics(), config.suppression(), parts);
        LiveCodeTable codes = new LiveCodeTable(connections.writerSchemas());
        return new ReboundTopology(settings, connections.writerSchemas(), connections.schemas(), codes, Observer.NONE)
                .build(properties);
    }

    @Override
    public boolean goesOn() {
        return !parts.isEmpty();
    }
}
