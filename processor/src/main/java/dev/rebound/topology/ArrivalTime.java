package dev.rebound.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's timestamp is when it arrived: the broker's append time where the topic keeps that, else now. A producer's
 * own dates are never used: brokers refuse future ones, retention deletes old ones, and Streams skips negative ones.
 */
public final class ArrivalTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestampType() == TimestampType.LOG_APPEND_TIME
                ? record.timestamp()
                : System.currentTimeMillis();
    }
}
