package dev.rebound.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A Kafka serde for one Avro type in Confluent's wire format. Null is null both ways: a tombstone.
 *
 * @param <T> the generated class
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private final WriterSchemas schemas;
    private final Schema schema;
    private final int writerId;

    /**
     * A serde.
     *
     * @param schemas schemas of what is read
     * @param schema the generated class's schema
     * @param writerId id under which the registry knows that schema, for what is written
     */
    public AvroSerde(WriterSchemas schemas, Schema schema, int writerId) {
        this.schemas = schemas;
        this.schema = schema;
        this.writerId = writerId;
    }

    /** A serializer for any number of threads: Streams gives one to all tasks that write a topic. */
    @Override
    public Serializer<T> serializer() {
        ThreadLocal<AvroEncoder<T>> encoder = ThreadLocal.withInitial(() -> new AvroEncoder<>(schema));
        return (topic, value) -> value == null ? null : encoder.get().framed(writerId, value);
    }

    /**
     * A deserializer for any number of threads; it throws {@link SerializationException} for bytes that cannot be read.
     */
    @Override
    public Deserializer<T> deserializer() {
        ThreadLocal<AvroDecoder<T>> decoder = ThreadLocal.withInitial(() -> new AvroDecoder<>(schemas, schema));
        return (topic, bytes) -> {
            try {
                return bytes == null ? null : decoder.get().decode(bytes);
            } catch (UndecodableException e) {
                throw new SerializationException(topic + ": " + e.reason() + ": " + e.getMessage(), e);
            }
        };
    }
}
