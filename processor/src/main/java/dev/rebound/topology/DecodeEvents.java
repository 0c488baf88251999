package dev.rebound.topology;

import dev.rebound.event.EventKey;
import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns bytes into events; what is not an event becomes a dead letter, never an exception. */
final class DecodeEvents implements Processor<byte[], byte[], byte[], Decoded> {

    private final AvroDecoder<DeliveryEvent> decoder;
    private final Place place;
    private final boolean replayed;
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

    /** @param replayed records are those of a replay: each brings where it was read first, and the last is a mark of the end */
    DecodeEvents(WriterSchemas schemas, Place place, boolean replayed, Observer observer) {
        this.decoder = new AvroDecoder<>(schemas, DeliveryEvent.getClassSchema());
        this.place = place;
        this.replayed = replayed;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], Decoded> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (replayed && EndOfReplay.of(record.headers()).isPresent()) {
            return;
        }
        Coordinates source = Coordinates.of(context, record, replayed);
        try {
            DeliveryEvent event = decoder.decode(record.value());
            byte[] key = EventKey.of(event);
            boolean misplaced = !Arrays.equals(key, record.key()) || !place.isRight(key, partition());
            Headers headers = new RecordHeaders(record.headers());
            source.write(headers);
            if (misplaced && !RecordSize.fits(key, record.value(), headers)) {
                context.forward(DeadLetter.coordinatesOnly(
                        record, source, DeadLetter.OVERSIZE, "the event is too large to be written under its own key"));
                observer.deadLetter(DeadLetter.OVERSIZE);
                return;
            }
            Decoded.Event decoded = new Decoded.Event(event, record.value(), source, misplaced);
            context.forward(new Record<>(key, decoded, record.timestamp(), headers));
        } catch (UndecodableException e) {
            refuse(record, source, e.reason().name(), e.getMessage());
        } catch (InvalidEventException e) {
            refuse(record, source, e.reason().name(), e.getMessage());
        }
    }

    private void refuse(Record<byte[], byte[]> record, Coordinates source, String reason, String detail) {
        context.forward(DeadLetter.of(record, source, reason, detail));
        observer.deadLetter(reason);
    }

    private int partition() {
        return context.recordMetadata().orElseThrow().partition();
    }
}
