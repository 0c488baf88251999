package dev.rebound.topology;

import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.DecodeEvents.Place;
import dev.rebound.topology.Instructed.Instruction;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns bytes into instructions; what is none becomes a dead letter. Records without a value are passed over: they erase others. */
final class DecodeCommands implements Processor<byte[], byte[], byte[], Instructed> {

    private final AvroDecoder<SuppressionCommand> decoder;
    private final Place place;
    private final boolean replayed;
    private final Exits exits;
    private final Observer observer;
    private ProcessorContext<byte[], Instructed> context;

    /**
     * @param replayed records are those of a replay: each brings where it was read first
     * @param exits names of the steps behind this one
     */
    DecodeCommands(WriterSchemas schemas, Place place, boolean replayed, Exits exits, Observer observer) {
        this.decoder = new AvroDecoder<>(schemas, SuppressionCommand.getClassSchema());
        this.place = place;
        this.replayed = replayed;
        this.exits = exits;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], Instructed> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Coordinates source = Coordinates.of(context, record, replayed);
        try {
            SuppressionCommand read = decoder.decode(record.value());
            SuppressionKey key = Commands.check(read, Instant.ofEpochMilli(source.arrival()));
            boolean misplaced = !key.isErased() && !place.isRight(key.home(), partition());
            Instruction instruction = new Instruction(key, Command.of(read), record.value());
            context.forward(
                    record.withKey(key.home()).withValue(instruction), misplaced ? exits.misplaced() : exits.inPlace());
        } catch (UndecodableException e) {
            refuse(record, source, e.reason().name(), e.getMessage());
        } catch (InvalidCommandException e) {
            refuse(record, source, DeadLetter.INVALID_COMMAND, e.getMessage());
        }
    }

    private void refuse(Record<byte[], byte[]> record, Coordinates source, String reason, String detail) {
        context.forward(DeadLetter.of(record, source, reason, detail), exits.dead());
        observer.deadLetter(reason);
    }

    private int partition() {
        return context.recordMetadata().orElseThrow().partition();
    }
}
