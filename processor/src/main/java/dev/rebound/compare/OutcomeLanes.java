package dev.rebound.compare;

import dev.rebound.topology.Coordinates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** The outcome topics of one side, one partition after the other. Of each lane little more than the next events is in memory. */
final class OutcomeLanes {

    /** The clocks of the brokers that appended event and classified event can differ by so much. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** A lane that holds so many bytes waits for the others. */
    private static final long MOST_WAITING = 1L << 20;

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final Scope scope;
    private final long latestArrival;
    private final Meter meter;
    private final Positions positions;
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final int partitions;
    private long withoutSource;

    /**
     * Looks where the topics begin and end.
     *
     * @param disorder so much later than the scope's end the events in a lane must have arrived for nothing of the scope to follow
     */
    OutcomeLanes(Consumer<byte[], byte[]> consumer, List<String> topics, Scope scope, Duration disorder, Meter meter) {
        this.consumer = consumer;
        this.topics = topics;
        this.scope = scope;
        this.latestArrival =
                scope.until().isAfter(Instant.ofEpochMilli(Long.MAX_VALUE).minus(disorder))
                        ? Long.MAX_VALUE
                        : scope.until().plus(disorder).toEpochMilli();
        this.meter = meter;
        this.positions = new Positions(consumer, meter);
        this.partitions = findExtent();
    }

    private int findExtent() {
        List<TopicPartition> all = new ArrayList<>();
        int count = 0;
        for (String topic : topics) {
            List<TopicPartition> of = Positions.of(consumer, topic);
            if (count != 0 && of.size() != count) {
                throw new IllegalStateException("topic " + topic + " has " + of.size() + " partitions and "
                        + topics.get(0) + " has " + count
                        + "; events can be matched only where all outcome topics have equally many");
            }
            count = of.size();
            all.addAll(of);
        }
        ends.putAll(consumer.endOffsets(all));
        begins.putAll(consumer.beginningOffsets(all));
        if (scope.since() != null) {
            skip(all, Math.max(0, scope.since().minus(CLOCKS).toEpochMilli()));
        }
        all.forEach(partition -> meter.expect(ends.get(partition) - begins.get(partition)));
        return count;
    }

    /** A classified event is appended after its event arrived: what was appended before the first one arrived is not of the scope. */
    private void skip(List<TopicPartition> all, long since) {
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                all.stream().collect(Collectors.toMap(Function.identity(), partition -> since)));
        for (TopicPartition partition : all) {
            OffsetAndTimestamp at = found.get(partition);
            long begin = at == null ? ends.get(partition) : Math.min(at.offset(), ends.get(partition));
            begins.merge(partition, begin, Math::max);
        }
    }

    /** How many partitions the topics have. */
    int partitions() {
        return partitions;
    }

    /** Records that do not say where their event was read: an older version wrote them. */
    long withoutSource() {
        return withoutSource;
    }

    /** The lanes of a partition; those of another one end. */
    List<Lane> of(int partition) {
        List<Queued> lanes = topics.stream()
                .map(topic -> new Queued(new TopicPartition(topic, partition)))
                .toList();
        Map<TopicPartition, Queued> byPartition =
                lanes.stream().collect(Collectors.toMap(lane -> lane.partition, Function.identity()));
        lanes.forEach(lane -> lane.all = byPartition);
        Map<TopicPartition, Long> from =
                byPartition.keySet().stream().collect(Collectors.toMap(Function.identity(), begins::get));
        positions.assign(from, ends);
        return List.copyOf(lanes);
    }

    private final class Queued implements Lane {

        private final TopicPartition partition;
        private final Queue<Told> waiting = new ArrayDeque<>();
        private Map<TopicPartition, Queued> all;
        private long bytes;

        Queued(TopicPartition partition) {
            this.partition = partition;
        }

        @Override
        public Told head() {
            while (waiting.isEmpty() && !positions.isAtEnd(partition)) {
                poll();
            }
            return waiting.peek();
        }

        @Override
        public void advance() {
            bytes -= waiting.remove().size();
        }

        private void poll() {
            for (Queued lane : all.values()) {
                if (lane.bytes > MOST_WAITING) {
                    consumer.pause(List.of(lane.partition));
                } else if (!positions.isAtEnd(lane.partition)) {
                    consumer.resume(List.of(lane.partition));
                }
            }
            ConsumerRecords<byte[], byte[]> records = positions.poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                all.get(new TopicPartition(record.topic(), record.partition())).add(record);
            }
            positions.update(records.count());
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() >= ends.get(partition) || positions.isAtEnd(partition)) {
                return;
            }
            Optional<Coordinates> source = Coordinates.of(record.headers());
            if (source.isEmpty() || record.value() == null) {
                withoutSource++;
                return;
            }
            Coordinates at = source.get();
            if (at.arrival() > latestArrival) {
                positions.end(partition);
            } else if (scope.holds(at.topic(), at.partition(), at.offset())) {
                Told event = new Told(at, record.value());
                waiting.add(event);
                bytes += event.size();
            }
        }
    }
}
