package dev.rebound.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka's records as Avro and back, all of them and nothing else. */
final class RecordCodec
        implements DatumWriter<ConsumerRecord<byte[], byte[]>>, DatumReader<ConsumerRecord<byte[], byte[]>> {

    /** Of the records in a file. Topic and partition are in the file's metadata. */
    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "ArchivedRecord", "namespace": "dev.rebound.archive",
             "doc": "A record of a Kafka topic, as it was.",
             "fields": [
              {"name": "offset", "type": "long"},
              {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "timestampType", "type": {"type": "enum", "name": "TimestampType",
               "symbols": ["NO_TIMESTAMP_TYPE", "CREATE_TIME", "LOG_APPEND_TIME"]}},
              {"name": "key", "type": ["null", "bytes"]},
              {"name": "value", "type": ["null", "bytes"]},
              {"name": "headers", "doc": "In their order; a name can be there more than once.",
               "type": {"type": "array", "items": {"type": "record", "name": "Header", "fields": [
                {"name": "key", "type": "string"},
                {"name": "value", "type": ["null", "bytes"]}]}}}]}
            """);

    private static final int NULL = 0;
    private static final int BYTES = 1;

    /** The enum's symbols, in its order. */
    private static final TimestampType[] TIMESTAMP_TYPES = {
        TimestampType.NO_TIMESTAMP_TYPE, TimestampType.CREATE_TIME, TimestampType.LOG_APPEND_TIME
    };

    private final String topic;
    private final int partition;

    /** @param topic that of the records read */
    RecordCodec(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    /** @throws IllegalArgumentException when it is not {@link #SCHEMA}, in which this version's files are */
    @Override
    public void setSchema(Schema schema) {
        if (!SCHEMA.equals(schema)) {
            throw new IllegalArgumentException("records of type " + schema.getFullName() + " (expected: "
                    + SCHEMA.getFullName() + " of format version " + EntryJson.VERSION + ")");
        }
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record, Encoder out) throws IOException {
        out.writeLong(record.offset());
        out.writeLong(record.timestamp());
        out.writeEnum(symbol(record.timestampType()));
        write(record.key(), out);
        write(record.value(), out);
        Header[] headers = record.headers().toArray();
        out.writeArrayStart();
        out.setItemCount(headers.length);
        for (Header header : headers) {
            out.startItem();
            out.writeString(header.key());
            write(header.value(), out);
        }
        out.writeArrayEnd();
    }

    private static int symbol(TimestampType type) {
        int symbol = 0;
        while (TIMESTAMP_TYPES[symbol] != type) {
            symbol++;
        }
        return symbol;
    }

    private static void write(byte[] bytes, Encoder out) throws IOException {
        if (bytes == null) {
            out.writeIndex(NULL);
            out.writeNull();
        } else {
            out.writeIndex(BYTES);
            out.writeBytes(bytes);
        }
    }

    @Override
    public ConsumerRecord<byte[], byte[]> read(ConsumerRecord<byte[], byte[]> reused, Decoder in) throws IOException {
        long offset = in.readLong();
        long timestamp = in.readLong();
        TimestampType type = TIMESTAMP_TYPES[in.readEnum()];
        byte[] key = bytes(in);
        byte[] value = bytes(in);
        Headers headers = new RecordHeaders();
        for (long more = in.readArrayStart(); more > 0; more = in.arrayNext()) {
            for (long i = 0; i < more; i++) {
                headers.add(in.readString(), bytes(in));
            }
        }
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                timestamp,
                type,
                length(key),
                length(value),
                key,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] bytes(Decoder in) throws IOException {
        if (in.readIndex() == NULL) {
            in.readNull();
            return null;
        }
        ByteBuffer bytes = in.readBytes(null);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
    }
}
