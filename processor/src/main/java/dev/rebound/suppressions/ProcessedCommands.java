package dev.rebound.suppressions;

import java.time.Duration;
import java.util.List;

/** How far the processor has come. */
interface ProcessedCommands {

    /**
     * Waits until the processor has carried out the commands at these places.
     *
     * @return false when it has not within this time: it does not run, or under another {@code application.id}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    boolean await(List<CommandPlace> places, Duration atMost);
}
