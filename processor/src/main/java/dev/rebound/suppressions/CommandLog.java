package dev.rebound.suppressions;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** The commands that were given and have not been erased. */
interface CommandLog {

    /**
     * Goes through them.
     *
     * @param wanted which of them matter; asked for all
     * @param each takes the places of those that do
     * @return false when the reading was stopped before its end
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer or the topic is missing
     */
    boolean read(Predicate<CommandKey> wanted, Consumer<CommandPlace> each, Watch watch);
}
