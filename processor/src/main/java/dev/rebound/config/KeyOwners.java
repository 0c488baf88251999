package dev.rebound.config;

import dev.rebound.json.NearestName;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Whose key a name is: Rebound's, Kafka's, or that of the registry's client. */
public final class KeyOwners {

    /** Confluent's prefix for keys that are for the registry's client alone; its TLS keys have no other form. */
    static final String REGISTRY_PREFIX = "schema.registry.";

    /** Kafka Streams' prefixes that say which of its clients a key is for. */
    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    private static final Set<String> REGISTRY_NAMES = Set.of(
            SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE,
            SchemaRegistryClientConfig.USER_INFO_CONFIG,
            SchemaRegistryClientConfig.BEARER_AUTH_CREDENTIALS_SOURCE,
            SchemaRegistryClientConfig.BEARER_AUTH_TOKEN_CONFIG,
            SchemaRegistryClientConfig.BEARER_AUTH_ISSUER_ENDPOINT_URL,
            SchemaRegistryClientConfig.BEARER_AUTH_CLIENT_ID,
            SchemaRegistryClientConfig.BEARER_AUTH_CLIENT_SECRET,
            SchemaRegistryClientConfig.BEARER_AUTH_SCOPE,
            SchemaRegistryClientConfig.BEARER_AUTH_SCOPE_CLAIM_NAME,
            SchemaRegistryClientConfig.BEARER_AUTH_SUB_CLAIM_NAME,
            SchemaRegistryClientConfig.BEARER_AUTH_LOGICAL_CLUSTER,
            SchemaRegistryClientConfig.BEARER_AUTH_IDENTITY_POOL_ID,
            SchemaRegistryClientConfig.BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS,
            SchemaRegistryClientConfig.BEARER_AUTH_CUSTOM_PROVIDER_CLASS,
            SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS,
            SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS,
            SchemaRegistryClientConfig.PROXY_HOST,
            SchemaRegistryClientConfig.PROXY_PORT,
            SchemaRegistryClientConfig.MISSING_CACHE_SIZE_CONFIG,
            SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG,
            SchemaRegistryClientConfig.MISSING_VERSION_CACHE_TTL_CONFIG,
            SchemaRegistryClientConfig.MISSING_SCHEMA_CACHE_TTL_CONFIG);

    private static final Set<String> CLIENT_NAMES = clientNames();

    private static final Set<String> KAFKA_NAMES = kafkaNames();

    /** What admin client, producer and consumer all understand: how to connect, how long to wait. */
    private static final Set<String> CONNECTION_NAMES = connectionNames();

    private KeyOwners() {}

    /** The key is for the registry's client and for nothing else. */
    static boolean isRegistrys(String key) {
        return key.startsWith(REGISTRY_PREFIX) || REGISTRY_NAMES.contains(key);
    }

    /** The key, which has no prefix, says how any of Kafka's clients connects. */
    static boolean isConnection(String key) {
        return CONNECTION_NAMES.contains(key)
                || key.startsWith("security.")
                || key.startsWith("ssl.")
                || key.startsWith("sasl.");
    }

    /**
     * Rebound, Kafka or the registry's client has a meaning for this key. A key that is not known need not be wrong: plug-ins
     * such as interceptors and login callbacks have keys of their own. Settings of topics ({@code topic.}) are not looked up.
     */
    public static boolean isKnown(String key) {
        return ReboundConfig.DEFINITION.names().contains(key)
                || KAFKA_NAMES.contains(key)
                || REGISTRY_NAMES.contains(key)
                || key.startsWith(StreamsConfig.TOPIC_PREFIX)
                || isKnownOfRegistry(key)
                || CLIENT_PREFIXES.stream()
                        .anyMatch(prefix ->
                                key.startsWith(prefix) && CLIENT_NAMES.contains(key.substring(prefix.length())));
    }

    private static boolean isKnownOfRegistry(String key) {
        if (!key.startsWith(REGISTRY_PREFIX)) {
            return false;
        }
        String name = key.substring(REGISTRY_PREFIX.length());
        return REGISTRY_NAMES.contains(name) || isTls(name) || name.startsWith("sasl.") && CLIENT_NAMES.contains(name);
    }

    private static boolean isTls(String name) {
        return name.startsWith("ssl.") && CLIENT_NAMES.contains(name);
    }

    /** The known key that a misspelt one was probably meant to be; a prefix of Kafka Streams' or Confluent's is kept. */
    public static String nearest(String key) {
        for (String prefix : CLIENT_PREFIXES) {
            if (key.startsWith(prefix)) {
                return prefix + NearestName.of(key.substring(prefix.length()), CLIENT_NAMES);
            }
        }
        Set<String> candidates = new HashSet<>(ReboundConfig.DEFINITION.names());
        candidates.addAll(KAFKA_NAMES);
        candidates.addAll(REGISTRY_NAMES);
        if (key.startsWith(REGISTRY_PREFIX)) {
            REGISTRY_NAMES.forEach(name -> candidates.add(REGISTRY_PREFIX + name));
            CLIENT_NAMES.stream().filter(KeyOwners::isTls).forEach(name -> candidates.add(REGISTRY_PREFIX + name));
        }
        return NearestName.of(key, candidates);
    }

    private static Set<String> clientNames() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        return names;
    }

    private static Set<String> kafkaNames() {
        Set<String> names = clientNames();
        names.addAll(StreamsConfig.configDef().names());
        return names;
    }

    private static Set<String> connectionNames() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.retainAll(ProducerConfig.configNames());
        names.retainAll(ConsumerConfig.configNames());
        // A producer has no calls of its own, and a timeout of requests that must not be longer than theirs.
        names.add(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return names;
    }
}
