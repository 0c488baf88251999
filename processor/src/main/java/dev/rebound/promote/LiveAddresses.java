package dev.rebound.promote;

import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Watch;
import java.util.Map;
import java.util.Set;

/** What live says of addresses. */
interface LiveAddresses {

    /**
     * What it says now of some addresses.
     *
     * @return by their keys; what is not there is {@link LiveAddress#UNKNOWN}
     * @throws StoppedException when the watch stops it
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    Map<SuppressionKey, LiveAddress> read(Set<SuppressionKey> keys, Watch watch);
}
