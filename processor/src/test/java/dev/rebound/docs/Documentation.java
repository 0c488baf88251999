package dev.rebound.docs;

import dev.rebound.topology.Topics;
import java.util.List;
import org.apache.kafka.streams.TopologyDescription;

/** All generated files. */
final class Documentation {

    private Documentation() {}

    static List<Page> pages(TopologyDescription topology) {
        Topics topics = Topics.unprefixed();
        return List.of(
                new Page("topology-docs/topology.txt", topology.toString().stripTrailing() + "\n"),
                TopologyPage.of(topology),
                TopicsPage.of(topics, topology),
                SchemasPage.of(topics),
                new Page("topology-docs/configuration.md", ConfigurationPage.text()),
                CodesPage.of(),
                RulesPage.of(),
                ProvidersPage.of(),
                PolicyPage.of());
    }
}
