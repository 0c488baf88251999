package dev.rebound.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kafka's settings for a broker that is alone on a machine which has other things to do: one replica of everything, few
 * internal partitions, small buffers, and nothing deleted that no topic asks to delete.
 */
final class BrokerSettings {

    /** Id of the only node. */
    static final int NODE_ID = 1;

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "PLAINTEXT";

    /** Long enough never to matter, and short enough that Kafka can still add it to a time in milliseconds. */
    private static final String NEVER_IN_MINUTES = Integer.toString(Integer.MAX_VALUE);

    private static final String INTERNAL_PARTITIONS = "8";
    private static final String SHARE_STATE_PARTITIONS = "4";

    private BrokerSettings() {}

    /**
     * @param directory where topics and metadata are kept
     * @param brokerPort port on loopback for clients
     * @param controllerPort port on loopback for the controller; may differ from start to start
     */
    static Map<String, String> of(Path directory, int brokerPort, int controllerPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.putAll(roles(brokerPort, controllerPort));
        settings.put("log.dirs", directory.toString());
        settings.putAll(oneReplica());
        settings.putAll(nothingExpires());
        settings.putAll(sharedMachine());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    private static Map<String, String> roles(int brokerPort, int controllerPort) {
        String client = BROKER_LISTENER + "://" + ServicePort.LOOPBACK + ":" + brokerPort;
        String controller = ServicePort.LOOPBACK + ":" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "listeners",
                client + "," + CONTROLLER_LISTENER + "://" + controller,
                "advertised.listeners",
                client,
                "listener.security.protocol.map",
                BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "inter.broker.listener.name",
                BROKER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@" + controller);
    }

    private static Map<String, String> oneReplica() {
        return Map.of(
                "default.replication.factor", "1",
                "min.insync.replicas", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", INTERNAL_PARTITIONS,
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", INTERNAL_PARTITIONS,
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", SHARE_STATE_PARTITIONS);
    }

    /**
     * A stack may stand still for weeks. With Kafka's defaults of seven days it would then have lost the schemas, which the
     * registry keeps in a topic without a retention of its own, and the offsets, so that events would be counted twice.
     */
    private static Map<String, String> nothingExpires() {
        return Map.of("log.retention.ms", "-1", "offsets.retention.minutes", NEVER_IN_MINUTES);
    }

    /** The cleaner's buffer alone is 128 MiB by default, taken from the heap that the processor lives in too. */
    private static Map<String, String> sharedMachine() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    }
}
