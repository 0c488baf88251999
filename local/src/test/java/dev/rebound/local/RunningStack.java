package dev.rebound.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker and a registry that tests share.
 *
 * @param bootstrapServers address of the broker
 * @param schemaRegistryUrl address of the registry
 */
public record RunningStack(String bootstrapServers, String schemaRegistryUrl) {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A name that no other test of this run has, for a topic, a group, a subject or a prefix of them. */
    public String newName(String stem) {
        return stem + "-" + NAMES.incrementAndGet();
    }

    /** Creates a topic with a name of its own and returns the name when the topic can be used. */
    public String newTopic(String stem, int partitions) throws Exception {
        String name = newName(stem);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        return name;
    }
}
