package dev.rebound.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands the bytes on with their coordinates, which the evidence against an address tells. */
final class ReadRecords implements KafkaRecordDeserializationSchema<Read> {

    private transient Read read;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Read> out) {
        if (read == null) {
            read = new Read();
        }
        read.key = record.key();
        read.value = record.value();
        read.partition = record.partition();
        read.offset = record.offset();
        read.arrival = record.timestamp();
        out.collect(read);
    }

    @Override
    public TypeInformation<Read> getProducedType() {
        return TypeInformation.of(Read.class);
    }
}
