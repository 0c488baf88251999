package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** With which position of the code table live classified each event, read from what it wrote. */
final class LivePositions {

    /** After each so many records, less one, whether to go on is asked. */
    private static final int GLANCE = 0xfff;

    private final Map<Integer, PositionRuns> byPartition = new HashMap<>();

    private LivePositions() {}

    /** Reads live's outcome topics, as far back as the span reaches; empty when it was stopped. */
    static Optional<LivePositions> read(
            ReboundConfig live, Connections connections, ReplayDefinition definition, BooleanSupplier stop) {
        LivePositions positions = new LivePositions();
        AvroDecoder<ClassifiedEvent> decoder =
                new AvroDecoder<>(connections.writerSchemas(), ClassifiedEvent.getClassSchema());
        for (Spec topic : outcomes(live.topics())) {
            TopicLog log = new TopicLog(live, topic.name());
            if (!positions.read(log, definition.getFrom(), definition.getTopic(), decoder, stop)) {
                return Optional.empty();
            }
        }
        return Optional.of(positions);
    }

    private static List<Spec> outcomes(Topics topics) {
        return List.of(
                topics.deliveries(),
                topics.deferrals(),
                topics.bouncesHard(),
                topics.bouncesSoft(),
                topics.complaints(),
                topics.notAttempted());
    }

    private boolean read(
            TopicLog log, Instant from, String source, AvroDecoder<ClassifiedEvent> decoder, BooleanSupplier stop) {
        Map<Integer, EventLog.Range> ranges = new TreeMap<>(log.ranges());
        if (from != null) {
            // What was written had arrived before.
            log.offsetsAt(from)
                    .forEach((partition, offset) -> ranges.computeIfPresent(
                            partition, (same, range) -> new EventLog.Range(offset, range.to())));
        }
        try (EventLog.Reading reading = log.read(ranges)) {
            long records = 0;
            for (int partition : ranges.keySet()) {
                for (Optional<ConsumerRecord<byte[], byte[]>> next = reading.peek(partition);
                        next.isPresent();
                        next = reading.peek(partition)) {
                    take(next.get(), source, decoder);
                    reading.take(partition);
                    if ((++records & GLANCE) == 0 && stop.getAsBoolean()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, String source, AvroDecoder<ClassifiedEvent> decoder) {
        Optional<Coordinates> from = Coordinates.of(record.headers());
        if (from.isEmpty() || !from.get().topic().equals(source)) {
            return;
        }
        try {
            byPartition
                    .computeIfAbsent(from.get().partition(), first -> new PositionRuns())
                    .add(
                            from.get().offset(),
                            decoder.decode(record.value()).getClassification().getTablePosition());
        } catch (UndecodableException e) {
            throw new ReplayException(
                    "record " + record.offset() + " of " + record.topic() + '-' + record.partition()
                            + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** The position for the event at these coordinates; empty when live's topics do not reach there. */
    OptionalLong of(int partition, long offset) {
        PositionRuns runs = byPartition.get(partition);
        return runs == null ? OptionalLong.empty() : runs.at(offset);
    }
}
