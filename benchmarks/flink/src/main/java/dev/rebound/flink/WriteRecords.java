package dev.rebound.flink;

import dev.rebound.topology.PeerForms;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One sink for all topics of a step: a transaction each per checkpoint would cost as many round trips. */
final class WriteRecords implements KafkaRecordSerializationSchema<Written> {

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Written written, KafkaSinkContext context, Long timestamp) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(written.topic, null, null, written.key, written.value);
        PeerForms.writeHeaders(record.headers(), written.source, written.fingerprint, written.reason, written.detail);
        return record;
    }
}
