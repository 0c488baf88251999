package dev.rebound.flink;

import dev.rebound.topology.PeerForms;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One sink for all topics of a step: a transaction for each of them per checkpoint would cost as many round trips. */
final class WriteRecords implements KafkaRecordSerializationSchema<Written>, KafkaDatasetFacetProvider {

    private final List<String> topics;

    /** @param topics all that can be written to: Flink looks in them for open transactions of an earlier start */
    WriteRecords(List<String> topics) {
        this.topics = topics;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Written written, KafkaSinkContext context, Long timestamp) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(written.topic, null, null, written.key, written.value);
        PeerForms.writeHeaders(record.headers(), written.source, written.fingerprint, written.reason, written.detail);
        return record;
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics), new Properties()));
    }
}
