package dev.rebound.suppressions;

import dev.rebound.schema.SuppressionCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Writes many commands, so many at a time, and goes on when they are durable. */
final class CommandBatch {

    private static final int AT_ONCE = 1_000;

    private final CommandSink sink;
    private final List<PlacedCommand> waiting = new ArrayList<>(AT_ONCE);
    private long written;

    CommandBatch(CommandSink sink) {
        this.sink = sink;
    }

    void add(SuppressionCommand command) {
        waiting.add(PlacedCommand.of(command));
        if (waiting.size() == AT_ONCE) {
            flush();
        }
    }

    /** @throws KafkaException when they cannot be written; the message says how many were */
    void flush() {
        if (!waiting.isEmpty()) {
            try {
                sink.write(waiting);
            } catch (KafkaException e) {
                throw new KafkaException(
                        e.getMessage() + "; " + written
                                + " commands were written before, and running it again continues",
                        e);
            }
            written += waiting.size();
            waiting.clear();
        }
    }

    /** Commands that are durable. */
    long written() {
        return written;
    }
}
