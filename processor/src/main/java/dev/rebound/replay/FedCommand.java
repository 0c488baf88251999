package dev.rebound.replay;

import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.Partitions;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a record of {@code suppression-commands} becomes in a replay. What erased another is left out with what it erased. */
final class FedCommand implements Feeder.Form {

    private final AvroDecoder<SuppressionCommand> decoder;
    private final int partitions;
    private final String topic;

    FedCommand(WriterSchemas schemas, int partitions, String topic) {
        this.decoder = new AvroDecoder<>(schemas, SuppressionCommand.getClassSchema());
        this.partitions = partitions;
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Optional<ProducerRecord<byte[], byte[]>> of(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        Headers headers = new RecordHeaders(record.headers());
        new Coordinates(record.topic(), record.partition(), record.offset(), record.timestamp()).write(headers);
        return Optional.of(new ProducerRecord<>(topic, partition(record), null, record.key(), record.value(), headers));
    }

    /** Where the address's events go; of one that was erased nobody knows that but who wrote the command. */
    private int partition(ConsumerRecord<byte[], byte[]> record) {
        try {
            SuppressionKey key =
                    Commands.check(decoder.decode(record.value()), Instant.ofEpochMilli(record.timestamp()));
            return key.isErased() ? record.partition() : Partitions.of(key.home(), partitions);
        } catch (UndecodableException | InvalidCommandException e) {
            return record.partition();
        }
    }
}
