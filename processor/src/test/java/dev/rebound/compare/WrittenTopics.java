package dev.rebound.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Topics in memory, for any number of consumers; each poll brings a few records of one partition, the partitions in turn. */
final class WrittenTopics {

    private static final int RECORDS_AT_A_TIME = 3;

    /** Each transaction's end takes an offset that no record has. */
    private static final int MARKER_EVERY = 5;

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Set<Reader> readers = new HashSet<>();
    private long firstSought = Long.MAX_VALUE;
    private long furthestRead;

    void topic(String name, int count) {
        partitions.put(name, count);
        for (int i = 0; i < count; i++) {
            logs.put(new TopicPartition(name, i), new ArrayList<>());
            ends.put(new TopicPartition(name, i), 0L);
        }
    }

    void append(String topic, int partition, long timestamp, byte[] key, byte[] value, Headers headers) {
        TopicPartition at = new TopicPartition(topic, partition);
        long offset = ends.get(at);
        logs.get(at)
                .add(new ConsumerRecord<>(
                        topic,
                        partition,
                        offset,
                        timestamp,
                        TimestampType.LOG_APPEND_TIME,
                        -1,
                        -1,
                        key,
                        value,
                        headers == null ? new RecordHeaders() : headers,
                        Optional.empty()));
        ends.put(at, offset + (offset % MARKER_EVERY == 0 ? 2 : 1));
    }

    /** A consumer of all topics. */
    Reader reader() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    /** All consumers were closed. */
    boolean areReleased() {
        return readers.stream().allMatch(Reader::closed);
    }

    /** The least offset above 0 that a consumer started from; {@code Long.MAX_VALUE} for none. */
    long firstSought() {
        return firstSought;
    }

    /** The greatest offset that was read of any topic. */
    long furthestRead() {
        return furthestRead;
    }

    final class Reader extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Long> positions = new TreeMap<>(
                java.util.Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        private final Set<TopicPartition> paused = new HashSet<>();
        private int turn;

        Reader() {
            super("earliest");
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            List<PartitionInfo> infos = new ArrayList<>();
            for (int i = 0; i < partitions.getOrDefault(topic, 0); i++) {
                infos.add(new PartitionInfo(topic, i, null, null, null));
            }
            return infos;
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> of) {
            Map<TopicPartition, Long> begins = new HashMap<>();
            of.forEach(partition -> begins.put(partition, 0L));
            return begins;
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of) {
            Map<TopicPartition, Long> all = new HashMap<>();
            of.forEach(partition -> all.put(partition, ends.get(partition)));
            return all;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> found.put(
                    partition,
                    logs.get(partition).stream()
                            .filter(record -> record.timestamp() >= time)
                            .findFirst()
                            .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                            .orElse(null)));
            return found;
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> to) {
            positions.clear();
            paused.clear();
            to.forEach(partition -> positions.put(partition, 0L));
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            firstSought = offset > 0 ? Math.min(firstSought, offset) : firstSought;
            positions.put(partition, offset);
        }

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata offset) {
            seek(partition, offset.offset());
        }

        @Override
        public synchronized void pause(Collection<TopicPartition> of) {
            paused.addAll(of);
        }

        @Override
        public synchronized void resume(Collection<TopicPartition> of) {
            paused.removeAll(of);
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            return positions.get(partition);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            List<TopicPartition> assigned = List.copyOf(positions.keySet());
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new LinkedHashMap<>();
            for (int i = 0; i < assigned.size() && read.isEmpty(); i++) {
                TopicPartition partition = assigned.get(turn++ % assigned.size());
                if (!paused.contains(partition)) {
                    read(partition, read);
                }
            }
            return new ConsumerRecords<>(read, Map.of());
        }

        private void read(TopicPartition partition, Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> into) {
            long position = positions.get(partition);
            List<ConsumerRecord<byte[], byte[]>> next = logs.get(partition).stream()
                    .filter(record -> record.offset() >= position)
                    .limit(RECORDS_AT_A_TIME)
                    .toList();
            if (!next.isEmpty()) {
                into.put(partition, next);
                furthestRead = Math.max(furthestRead, next.get(next.size() - 1).offset());
            }
            boolean atEnd = next.size() < RECORDS_AT_A_TIME;
            positions.put(
                    partition,
                    atEnd ? ends.get(partition) : next.get(next.size() - 1).offset() + 1);
        }
    }
}
