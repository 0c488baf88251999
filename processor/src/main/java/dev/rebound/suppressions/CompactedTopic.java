package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Reads the last value of each key of a topic. One partition is read after the other, because keys do not leave theirs: in memory
 * is only what was picked of one partition.
 */
public final class CompactedTopic {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(30);

    private final ReboundConfig config;
    private final String topic;

    /**
     * A topic on the cluster of a configuration. Connects for each reading.
     *
     * @param topic its name
     */
    public CompactedTopic(ReboundConfig config, String topic) {
        this.config = config;
        this.topic = topic;
    }

    /**
     * Reads to the end that the topic has now.
     *
     * @param pick what of a record matters; null: nothing, as if its key were not there. Not asked for records without a value
     * @param each takes what was picked of the last record of each key
     * @return false when the reading was stopped; then what was in the partition at hand has not been handed over
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer or the topic is missing
     */
    public <T> boolean read(Function<ConsumerRecord<byte[], byte[]>, T> pick, Consumer<T> each, Watch watch) {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("topic " + topic + " is not there");
            }
            Extent extent = new Extent(watch, consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
            for (TopicPartition partition : partitions) {
                Map<Bytes, T> last = new LinkedHashMap<>();
                if (!read(consumer, partition, pick, last, extent)) {
                    return false;
                }
                last.values().forEach(each);
            }
            return true;
        }
    }

    private <T> boolean read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Function<ConsumerRecord<byte[], byte[]>, T> pick,
            Map<Bytes, T> last,
            Extent extent) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = extent.ends.get(partition);
        long position = consumer.position(partition);
        long deadline = System.nanoTime() + STALL.toNanos();
        while (position < end) {
            if (extent.watch.isStopped()) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record, pick, last);
                extent.records++;
            }
            long now = consumer.position(partition);
            if (now > position) {
                position = now;
                extent.tell(partition, position);
                deadline = System.nanoTime() + STALL.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("nothing came from topic " + topic + " for " + STALL.toSeconds() + " s");
            }
        }
        extent.done += extent.length(partition);
        return true;
    }

    private static <T> void take(
            ConsumerRecord<byte[], byte[]> record,
            Function<ConsumerRecord<byte[], byte[]>, T> pick,
            Map<Bytes, T> last) {
        if (record.key() == null) {
            return;
        }
        T picked = record.value() == null ? null : pick.apply(record);
        // Taken out first, so that the order is that of the last records.
        last.remove(Bytes.wrap(record.key()));
        if (picked != null) {
            last.put(Bytes.wrap(record.key()), picked);
        }
    }

    /** How much there is to read, and how much has been. */
    private static final class Extent {

        private final Watch watch;
        private final Map<TopicPartition, Long> begins;
        private final Map<TopicPartition, Long> ends;
        private final long all;
        private long done;
        private long records;

        Extent(Watch watch, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
            this.watch = watch;
            this.begins = begins;
            this.ends = ends;
            this.all = ends.keySet().stream().mapToLong(this::length).sum();
        }

        private long length(TopicPartition partition) {
            return ends.get(partition) - begins.get(partition);
        }

        private void tell(TopicPartition partition, long position) {
            watch.read(records, (double) (done + position - begins.get(partition)) / Math.max(1, all));
        }
    }
}
