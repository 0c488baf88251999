package dev.rebound.compare;

import dev.rebound.compare.Changes.Around;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.topology.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/** Compares what two sides' outcome topics say of the same events. */
final class EventComparison {

    private final AvroDecoder<ClassifiedEvent> decoder;
    private final Settings settings;
    private final Meter meter;
    private final Changes changes;
    private long unreadable;

    EventComparison(WriterSchemas writerSchemas, Settings settings, Meter meter) {
        this.decoder = new AvroDecoder<>(writerSchemas, ClassifiedEvent.getClassSchema());
        this.settings = settings;
        this.meter = meter;
        this.changes = new Changes(settings);
    }

    /** The topics of which each event is in exactly one. */
    static List<String> topics(Topics topics) {
        return List.of(
                topics.deliveries().name(),
                topics.deferrals().name(),
                topics.bouncesHard().name(),
                topics.bouncesSoft().name(),
                topics.complaints().name(),
                topics.notAttempted().name());
    }

    /**
     * Reads both sides.
     *
     * @param before reads the topics of the first side
     * @param after reads those of the second
     * @param table for what does not fit into memory
     */
    Around run(
            Consumer<byte[], byte[]> before,
            Topics topicsBefore,
            Consumer<byte[], byte[]> after,
            Topics topicsAfter,
            Scope scope,
            Table table) {
        OutcomeLanes first = new OutcomeLanes(before, topics(topicsBefore), scope, settings.disorder(), meter);
        OutcomeLanes second = new OutcomeLanes(after, topics(topicsAfter), scope, settings.disorder(), meter);
        if (first.partitions() != second.partitions()) {
            throw new IllegalStateException("topic " + topicsBefore.deliveries().name() + " has " + first.partitions()
                    + " partitions and " + topicsAfter.deliveries().name() + " has " + second.partitions()
                    + "; events can be matched only where both have equally many");
        }
        Held held = new Held(table, settings.heldBytes(), settings.disorder().toMillis());
        Pairing pairing = new Pairing(held, this::compare);
        for (int partition = 0; partition < first.partitions(); partition++) {
            pairing.run(first.of(partition), second.of(partition));
        }
        return new Around(
                pairing.onlyBefore(), pairing.onlyAfter(), first.withoutSource() + second.withoutSource(), unreadable);
    }

    private void compare(Told before, Told after) {
        ClassifiedEvent first;
        ClassifiedEvent second;
        try {
            first = decoder.decode(before.value());
            second = decoder.decode(after.value());
        } catch (UndecodableException e) {
            unreadable++;
            meter.problem("passed over the event of " + after.source().topic() + "-"
                    + after.source().partition() + " offset " + after.source().offset() + ": " + e.getMessage());
            return;
        }
        if (changes.add(after.source(), second.getEvent(), first.getClassification(), second.getClassification())) {
            meter.differs();
        }
    }

    /** What was found. */
    Changes changes() {
        return changes;
    }
}
