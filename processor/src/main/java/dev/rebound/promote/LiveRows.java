package dev.rebound.promote;

import dev.rebound.schema.StatusCode;
import java.util.List;
import java.util.Map;

/** The operator's rows of the code table, live. */
interface LiveRows {

    /**
     * The rows that are there now, by their ids.
     *
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    Map<String, StatusCode> read();

    /**
     * Writes rows and returns when that is durable.
     *
     * @throws dev.rebound.classify.InvalidRowException when a row cannot be used; then none is written
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    void write(List<StatusCode> rows);
}
