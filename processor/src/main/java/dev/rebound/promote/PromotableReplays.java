package dev.rebound.promote;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;

/** Finds replays by their names. */
@FunctionalInterface
public interface PromotableReplays {

    /**
     * A replay.
     *
     * @param config configuration of live
     * @param connections to the registry; closed after the replay was used
     * @param name name of the replay
     * @throws IllegalArgumentException when there is none of the name
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    PromotableReplay find(ReboundConfig config, Connections connections, String name);
}
