package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Clients without Kafka Streams, with the settings that its clients have in Rebound. */
final class Clients {

    private final StreamsConfig streams;
    private final String application;

    /** @param application the consumer group, and the transactional id */
    Clients(ReboundConfig config, String application) {
        Properties properties = new Properties();
        properties.putAll(config.streams(application));
        this.streams = new StreamsConfig(properties);
        this.application = application;
    }

    /** A consumer in the application's group that begins at the first record; offsets are the caller's to commit. */
    KafkaConsumer<byte[], byte[]> consumer() {
        // Those of the restore consumer are the ones without what only Streams' own group protocol needs.
        Map<String, Object> settings = new HashMap<>(streams.getRestoreConsumerConfigs(application));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, application);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    KafkaProducer<byte[], byte[]> producer(boolean transactional) {
        Map<String, Object> settings = new HashMap<>(streams.getProducerConfigs(application));
        if (transactional) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, application);
        } else {
            settings.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
