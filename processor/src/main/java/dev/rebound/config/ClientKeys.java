package dev.rebound.config;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Keys that Kafka Streams passes on to its clients, which look at their values only when they are made. */
public final class ClientKeys {

    private static final String NAME = "check";

    private ClientKeys() {}

    /**
     * Refuses what Kafka Streams or one of its clients cannot be made of.
     *
     * @throws ConfigException naming the key, without the prefix that says which client it is for, its value, and what is wrong
     */
    public static void check(ReboundConfig config) {
        StreamsConfig streams = new StreamsConfig(config.streams(NAME));
        check(ProducerConfig.configDef(), streams.getProducerConfigs(NAME));
        check(ConsumerConfig.configDef(), streams.getMainConsumerConfigs(NAME, NAME, 0));
        check(ConsumerConfig.configDef(), streams.getRestoreConsumerConfigs(NAME));
        check(ConsumerConfig.configDef(), streams.getGlobalConsumerConfigs(NAME));
        check(AdminClientConfig.configDef(), streams.getAdminConfigs(NAME));
    }

    private static void check(ConfigDef definition, Map<String, Object> given) {
        Map<String, Object> keys = new HashMap<>(given);
        // Streams gives its clients these two only when it makes them.
        keys.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        keys.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        keys.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        keys.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        definition.parse(keys);
    }
}
