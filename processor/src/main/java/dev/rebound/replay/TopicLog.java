package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A topic, as far as it was committed when this was made. */
final class TopicLog implements EventLog {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(60);

    /** So many records of a partition wait for their turn at most, before no more of it are fetched. */
    private static final int MOST_WAITING = 2_000;

    /** And about so many bytes of them. */
    private static final long MOST_WAITING_BYTES = 1 << 20;

    private final ReboundConfig config;
    private final String topic;
    private final Map<Integer, Range> ranges;

    TopicLog(ReboundConfig config, String topic) {
        this.config = config;
        this.topic = topic;
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReading.consumer(config)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("topic " + topic + " is not there");
            }
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            ranges = new TreeMap<>();
            partitions.forEach(partition ->
                    ranges.put(partition.partition(), new Range(begins.get(partition), ends.get(partition))));
        }
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Map<Integer, Range> ranges() {
        return ranges;
    }

    @Override
    public Map<Integer, Long> offsetsAt(Instant time) {
        Map<TopicPartition, Long> wanted = new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
        ranges.keySet().forEach(partition -> wanted.put(new TopicPartition(topic, partition), time.toEpochMilli()));
        Map<Integer, Long> offsets = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReading.consumer(config)) {
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
            ranges.forEach((partition, range) -> {
                OffsetAndTimestamp at = found.get(new TopicPartition(topic, partition));
                offsets.put(partition, at == null ? range.to() : Math.min(at.offset(), range.to()));
            });
        }
        return offsets;
    }

    @Override
    public Reading read(Map<Integer, Range> wanted) {
        return new Consuming(wanted);
    }

    @Override
    public void close() {
        // Each reading has a consumer of its own.
    }

    private final class Consuming implements Reading {

        private final KafkaConsumer<byte[], byte[]> consumer = TopicReading.consumer(config);
        private final Map<Integer, Range> wanted;
        private final Map<Integer, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new TreeMap<>();

        Consuming(Map<Integer, Range> wanted) {
            this.wanted = wanted;
            List<TopicPartition> partitions = new ArrayList<>();
            wanted.forEach((partition, range) -> {
                waiting.put(partition, new ArrayDeque<>());
                if (range.length() > 0) {
                    partitions.add(new TopicPartition(topic, partition));
                }
            });
            consumer.assign(partitions);
            partitions.forEach(partition ->
                    consumer.seek(partition, wanted.get(partition.partition()).from()));
        }

        @Override
        public Optional<ConsumerRecord<byte[], byte[]>> peek(int partition) {
            Deque<ConsumerRecord<byte[], byte[]>> records = waiting.get(partition);
            long deadline = System.nanoTime() + STALL.toNanos();
            while (records.isEmpty() && !isThrough(partition)) {
                if (fetch()) {
                    deadline = System.nanoTime() + STALL.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new TimeoutException("nothing came from topic " + topic + " for " + STALL.toSeconds() + " s");
                }
            }
            return Optional.ofNullable(records.peek());
        }

        private boolean isThrough(int partition) {
            Range range = wanted.get(partition);
            return range.length() == 0 || consumer.position(new TopicPartition(topic, partition)) >= range.to();
        }

        /** What comes; false for nothing, and no position has moved. */
        private boolean fetch() {
            List<TopicPartition> full = consumer.assignment().stream()
                    .filter(partition -> isThrough(partition.partition()) || isFull(waiting.get(partition.partition())))
                    .toList();
            consumer.resume(consumer.paused());
            consumer.pause(full);
            long before = positions();
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < wanted.get(record.partition()).to()) {
                        waiting.get(record.partition()).add(record);
                    }
                }
            } catch (OffsetOutOfRangeException e) {
                throw new ReplayException(
                        "the topic " + topic + " does not reach back to where the replay is any more (" + e.getMessage()
                                + "); start a new one, from an archive or with a later --from",
                        e);
            }
            return positions() > before;
        }

        private static boolean isFull(Deque<ConsumerRecord<byte[], byte[]>> records) {
            if (records.size() >= MOST_WAITING) {
                return true;
            }
            // Of those that came together the last ones are about as large as the others.
            long last = records.isEmpty() ? 0 : Math.max(0, records.getLast().serializedValueSize());
            return records.size() * last >= MOST_WAITING_BYTES;
        }

        private long positions() {
            return consumer.assignment().stream().mapToLong(consumer::position).sum();
        }

        @Override
        public void take(int partition) {
            waiting.get(partition).remove();
        }

        @Override
        public long position(int partition) {
            Range range = wanted.get(partition);
            if (range.length() == 0) {
                return range.to();
            }
            ConsumerRecord<byte[], byte[]> next = waiting.get(partition).peek();
            return next == null
                    ? Math.min(range.to(), consumer.position(new TopicPartition(topic, partition)))
                    : next.offset();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
