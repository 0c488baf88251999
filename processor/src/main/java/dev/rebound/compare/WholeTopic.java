package dev.rebound.compare;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads a compacted topic from its beginning to the end that it has at that moment. */
final class WholeTopic {

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Meter meter;

    WholeTopic(Consumer<byte[], byte[]> consumer, String topic, Meter meter) {
        this.consumer = consumer;
        this.topic = topic;
        this.meter = meter;
    }

    /**
     * Reads.
     *
     * @param each takes keys with values, null for a tombstone; those of one key in the order in which they were written
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer or the topic is missing
     */
    void read(BiConsumer<byte[], byte[]> each) {
        List<TopicPartition> partitions = Positions.of(consumer, topic);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> meter.expect(ends.get(partition) - begins.get(partition)));
        Positions positions = new Positions(consumer, meter);
        positions.assign(begins, ends);
        while (positions.isAnyLeft()) {
            ConsumerRecords<byte[], byte[]> records = positions.poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.key() != null) {
                    each.accept(record.key(), record.value());
                }
            }
            positions.update(records.count());
        }
    }
}
