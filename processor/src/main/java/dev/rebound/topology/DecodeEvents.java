package dev.rebound.topology;

import dev.rebound.event.EventKey;
import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.EventDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns bytes into events; what is not an event becomes a dead letter, never an exception. */
final class DecodeEvents implements Processor<byte[], byte[], byte[], Decoded> {

    private final EventDecoder decoder;
    private final Place place;
    private final boolean replayed;
    private final Exits exits;
    private final Observer observer;
    private ProcessorContext<byte[], Decoded> context;

    /** Says whether a record stands where its key belongs. */
    @FunctionalInterface
    interface Place {

        boolean isRight(byte[] key, int partition);

        /** Where Kafka's default partitioner puts a key, in a topic of so many partitions. */
        static Place amongPartitions(int partitions) {
            return (key, partition) -> Partitions.of(key, partitions) == partition;
        }

        /** For records that this application has put in their place itself. */
        static Place anywhere() {
            return (key, partition) -> true;
        }
    }

    /**
     * @param replayed records are those of a replay: each brings where it was read first, and the last is a mark of the end
     * @param exits names of the steps behind this one
     */
    DecodeEvents(WriterSchemas schemas, Place place, boolean replayed, Exits exits, Observer observer) {
        this.decoder = new EventDecoder(schemas);
        this.place = place;
        this.replayed = replayed;
        this.exits = exits;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], Decoded> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Optional<EndOfReplay> end = replayed ? EndOfReplay.of(record.headers()) : Optional.empty();
        if (end.isPresent()) {
            context.forward(record.withValue(end.get()), exits.inPlace());
            return;
        }
        Coordinates source = Coordinates.of(context, record, replayed);
        try {
            DeliveryEvent event = decoder.decode(record.value());
            byte[] key = EventKey.of(event, record.key());
            Record<byte[], Decoded> decoded = new Record<>(
                    key, new Decoded.Event(event, record.value(), source), record.timestamp(), record.headers());
            source.write(decoded.headers());
            if (key == record.key() && place.isRight(key, partition())) {
                context.forward(decoded, exits.inPlace());
            } else if (RecordSize.fits(key, record.value(), decoded.headers())) {
                context.forward(decoded, exits.misplaced());
            } else {
                refuse(
                        DeadLetter.coordinatesOnly(
                                record,
                                source,
                                DeadLetter.OVERSIZE,
                                "the event is too large to be written under its own key"),
                        DeadLetter.OVERSIZE);
            }
        } catch (UndecodableException e) {
            refuse(
                    DeadLetter.of(record, source, e.reason().name(), e.getMessage()),
                    e.reason().name());
        } catch (InvalidEventException e) {
            refuse(
                    DeadLetter.of(record, source, e.reason().name(), e.getMessage()),
                    e.reason().name());
        }
    }

    private void refuse(Record<byte[], DeadLetter> letter, String reason) {
        context.forward(letter, exits.dead());
        observer.deadLetter(reason);
    }

    private int partition() {
        return context.recordMetadata().orElseThrow().partition();
    }
}
