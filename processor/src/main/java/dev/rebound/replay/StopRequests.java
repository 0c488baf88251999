package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Hears of it when somebody asks a replay to stop, from now on. Belongs to one thread. */
final class StopRequests implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private boolean asked;

    /** @param topic name of the replay's own topic */
    StopRequests(ReboundConfig config, String topic) {
        consumer = TopicReading.consumer(config);
        List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
        // Where the end is shall be found out now.
        consumer.position(partition.get(0));
    }

    boolean haveCome() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
            asked |= ReplayRecords.asksToStop(record);
        }
        return asked;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
