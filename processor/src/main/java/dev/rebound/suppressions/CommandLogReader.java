package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/** Reads the commands from their topic. Can be used by several threads. */
final class CommandLogReader implements CommandLog {

    private final String topic;
    private final CompactedTopic records;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;

    CommandLogReader(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.topic = config.topics().suppressionCommands().name();
        this.records = new CompactedTopic(config, topic);
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
    }

    @Override
    public boolean read(Predicate<CommandKey> wanted, Consumer<CommandPlace> each, Watch watch) {
        AvroDecoder<SuppressionCommand> decoder = new AvroDecoder<>(writerSchemas, SuppressionCommand.getClassSchema());
        try {
            return records.read(
                    record -> key(record, decoder)
                            .filter(wanted)
                            .map(key -> new CommandPlace(record.partition(), record.offset(), Bytes.wrap(record.key())))
                            .orElse(null),
                    each,
                    watch);
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot read topic " + topic, e);
        }
    }

    /** Other programs can write commands under keys of their own; then the command says what it is about. */
    private static Optional<CommandKey> key(
            ConsumerRecord<byte[], byte[]> record, AvroDecoder<SuppressionCommand> decoder) {
        Optional<CommandKey> key = CommandKey.parse(record.key());
        if (key.isPresent()) {
            return key;
        }
        try {
            SuppressionCommand command = decoder.decode(record.value());
            return Optional.of(new CommandKey(command.getList(), command.getAddress(), command.getCommandId()));
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }
}
