package dev.rebound.replay;

import dev.rebound.event.EventKey;
import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.EndOfReplay;
import dev.rebound.topology.Partitions;
import dev.rebound.topology.TablePosition;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a record of {@code delivery-events} becomes in a replay. What is no event stays what it is, to become a dead letter again. */
final class FedEvent implements Feeder.Form {

    private final AvroDecoder<DeliveryEvent> decoder;
    private final EventFilter filter;
    private final LivePositions positions;
    private final int partitions;
    private final String topic;

    /** @param positions null when the table that live had does not matter */
    FedEvent(WriterSchemas schemas, EventFilter filter, LivePositions positions, int partitions, String topic) {
        this.decoder = new AvroDecoder<>(schemas, DeliveryEvent.getClassSchema());
        this.filter = filter;
        this.positions = positions;
        this.partitions = partitions;
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Optional<ProducerRecord<byte[], byte[]>> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            DeliveryEvent event = decoder.decode(record.value());
            byte[] key = EventKey.of(event, record.key());
            if (!filter.isOpen() && !filter.accepts(event)) {
                return Optional.empty();
            }
            Headers headers = headers(record);
            if (positions != null) {
                TablePosition.write(headers, position(record));
            }
            return Optional.of(
                    new ProducerRecord<>(topic, Partitions.of(key, partitions), null, key, record.value(), headers));
        } catch (UndecodableException | InvalidEventException e) {
            return filter.isOpen()
                    ? Optional.of(new ProducerRecord<>(
                            topic,
                            record.partition() % partitions,
                            null,
                            record.key(),
                            record.value(),
                            headers(record)))
                    : Optional.empty();
        }
    }

    private long position(ConsumerRecord<byte[], byte[]> record) {
        OptionalLong position = positions.of(record.partition(), record.offset());
        return position.orElseThrow(() -> new ReplayException("live's topics have no outcome of the event at "
                + record.topic() + '/' + record.partition() + '/' + record.offset()
                + ": it is not processed yet, or deleted already; choose a span that live's outcome topics cover,"
                + " or leave --as-live out"));
    }

    /** As they came, with where they are from; no event can say of itself that it is the last. */
    private static Headers headers(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = new RecordHeaders(record.headers());
        EndOfReplay.remove(headers);
        TablePosition.remove(headers);
        new Coordinates(record.topic(), record.partition(), record.offset(), record.timestamp()).write(headers);
        return headers;
    }
}
