package dev.rebound.http;

import dev.rebound.logging.AddressMask;
import dev.rebound.serde.SchemaRegistryException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that needs brokers and registry, and is refused with a problem when they do not answer. */
final class OnCluster {

    private static final Logger LOG = LoggerFactory.getLogger(OnCluster.class);

    private OnCluster() {}

    /** Does it. @throws ProblemException when brokers or registry refuse or do not answer */
    static <T> T get(Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException | SchemaRegistryException e) {
            String why = AddressMask.mask(e.getMessage());
            LOG.warn("A request was not carried out: {}", why);
            throw ProblemException.of(
                    ProblemType.CLUSTER_UNREACHABLE,
                    "not acknowledged: " + why
                            + "; send the same again with the same commandId and issuedAt: what was written counts once");
        }
    }
}
