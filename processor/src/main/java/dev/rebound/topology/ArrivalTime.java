package dev.rebound.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's timestamp is when it arrived: the broker's append time, which the topics are made to keep. Kafka Streams does not tell which
 * kind of timestamp a record has. Should it be a producer's own, none is used that lies ahead, which brokers would refuse in what is
 * written, and none from before 1970, which Streams would skip.
 */
public final class ArrivalTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = System.currentTimeMillis();
        return record.timestamp() < 0 || record.timestamp() > now ? now : record.timestamp();
    }
}
