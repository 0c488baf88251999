package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.rebound.http.HttpSettings;
import dev.rebound.json.NearestName;
import dev.rebound.mail.Verp;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Policies;
import dev.rebound.topology.ArrivalTime;
import dev.rebound.topology.StatisticsSettings;
import dev.rebound.topology.SuppressionSettings;
import dev.rebound.topology.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Everything that can be configured, checked when it is made. Callers see values with units, never keys. */
public final class ReboundConfig {

    /** Kafka's key for the brokers. */
    public static final String BOOTSTRAP_SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    /** Confluent's key for the registry. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    static final String PREFIX = "rebound.";

    /** How keys of topics to be created start. */
    private static final String TOPICS = "rebound.topics.";

    static final String TOPICS_PREFIX = "rebound.topics.prefix";

    /** Partitions of topics to be created. */
    public static final String TOPICS_PARTITIONS = "rebound.topics.partitions";

    /** Replicas of topics to be created. */
    public static final String TOPICS_REPLICATION = "rebound.topics.replication.factor";

    /** How often a running instance looks at its topics, in milliseconds. */
    public static final String TOPICS_CHECK_MS = "rebound.topics.check.ms";

    /** How long counts are folded before they move on, in milliseconds. */
    public static final String STATS_FLUSH_MS = "rebound.stats.flush.ms";

    /** How long counts are gathered before they are added to their rows, in milliseconds. */
    public static final String STATS_ROLL_UP_MS = "rebound.stats.roll.up.ms";

    static final String REGISTRY_WAIT_MS = "rebound.registry.wait.ms";

    /** How long a start waits for brokers and registry, in milliseconds. */
    public static final String START_WAIT_MS = "rebound.start.wait.ms";

    static final String STOP_TIMEOUT_MS = "rebound.stop.timeout.ms";
    static final String STOP_LEAVE_GROUP = "rebound.stop.leave.group";

    /** Address that the HTTP server listens on. */
    public static final String HTTP_HOST = "rebound.http.host";

    /** Port of the HTTP server. */
    public static final String HTTP_PORT = "rebound.http.port";

    /** File with the token that requests must bring. */
    public static final String HTTP_TOKEN_FILE = "rebound.http.token.file";

    /** Secret under which erased addresses are recognised. */
    public static final String ERASE_KEY = "rebound.erase.key";

    /** Name of a preset or path of a file with the policy. */
    public static final String SUPPRESSION_POLICY = "rebound.suppression.policy";

    /** Rebound's own keys with their defaults, ranges and sentences. */
    public static final ConfigDef DEFINITION =
            PaceKeys.define(StatisticsKeys.define(SuppressionKeys.define(VerpKeys.define(HttpKeys.define(new ConfigDef()
                    .define(
                            BOOTSTRAP_SERVERS,
                            Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            new NonEmptyString(),
                            HIGH,
                            "Brokers to start from, host:port, separated by commas. Kafka's own key.")
                    .define(
                            SCHEMA_REGISTRY_URL,
                            Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            new NonEmptyString(),
                            HIGH,
                            "Schema registry with Confluent's API; several addresses separated by commas. Confluent's own key.")
                    .define(
                            StreamsConfig.APPLICATION_ID_CONFIG,
                            Type.STRING,
                            "rebound",
                            new NonEmptyString(),
                            HIGH,
                            "Instances with the same id share the work; it is the consumer group and the prefix of internal"
                                    + " topics. Kafka Streams' own key.")
                    .define(
                            TOPICS_PREFIX,
                            Type.STRING,
                            "",
                            MEDIUM,
                            "Put before the name of every topic that Rebound reads or writes, such as acme. (with its dot).")
                    .define(
                            TOPICS_PARTITIONS,
                            Type.INT,
                            8,
                            between(1, 10_000),
                            MEDIUM,
                            "Partitions of the topics that topics create makes. Fixes how many threads can share the work, and"
                                    + " cannot be changed later without moving state.")
                    .define(
                            TOPICS_REPLICATION,
                            Type.SHORT,
                            (short) -1,
                            atLeast(-1),
                            MEDIUM,
                            "Replicas of the topics that topics create makes; -1 is the broker's default.")
                    .define(
                            TOPICS_CHECK_MS,
                            Type.LONG,
                            Duration.ofMinutes(5).toMillis(),
                            between(1_000, Duration.ofDays(1).toMillis()),
                            LOW,
                            "How often a running instance looks whether its topics are as they have to be, in milliseconds; it"
                                    + " ends with exit code 6 when one was deleted or changed.")
                    .define(
                            REGISTRY_WAIT_MS,
                            Type.LONG,
                            45_000L,
                            between(0, 240_000),
                            LOW,
                            "How long a stream thread waits for a registry that does not answer before it is replaced and begins"
                                    + " again at the last commit, in milliseconds. Events wait either way. A wait above"
                                    + " producer.transaction.timeout.ms loses the open transaction, and its work is done again.")
                    .define(
                            START_WAIT_MS,
                            Type.LONG,
                            Duration.ofMinutes(5).toMillis(),
                            between(0, Duration.ofDays(1).toMillis()),
                            LOW,
                            "How long a start waits for brokers and registry that do not answer, in milliseconds; after that"
                                    + " the process ends with exit code 4.")
                    .define(
                            STOP_TIMEOUT_MS,
                            Type.LONG,
                            25_000L,
                            between(1_000, Duration.ofMinutes(10).toMillis()),
                            LOW,
                            "How long a stop may take, in milliseconds. Choose it shorter than the time after which what"
                                    + " supervises the process kills it.")
                    .define(
                            STOP_LEAVE_GROUP,
                            Type.BOOLEAN,
                            false,
                            LOW,
                            "Whether a stop hands the work to other instances at once. Otherwise it waits session.timeout.ms for"
                                    + " this instance to come back, so that a restart moves nothing; set it to true before"
                                    + " taking an instance away for good."))))));

    /** Begins the prefix of every replay's topics. */
    public static final String REPLAY = "replay.";

    private static final String CLASSIC_PROTOCOL = "classic";
    private static final Pattern USER_OF_URL = Pattern.compile("//([^/@,]*)@");
    private static final Pattern USER_OF_JAAS = Pattern.compile("\\busername\\s*=\\s*\"([^\"\\\\]*)\"");

    private final Map<String, String> given;

    /** What was given, and what the profile stands for beside it. */
    private final Map<String, String> keys;

    private final AbstractConfig parsed;
    private final boolean ofReplay;

    /**
     * A configuration.
     *
     * @param given keys and values as the user wrote them; keys of Kafka and Confluent pass through
     * @throws ConfigException when a value is missing or out of range, or a {@code rebound.} key does not exist
     */
    public ReboundConfig(Map<String, String> given) {
        this(given, false);
    }

    private ReboundConfig(Map<String, String> given, boolean ofReplay) {
        this.ofReplay = ofReplay;
        this.given = Map.copyOf(given);
        refuseUnknownKeys(this.given);
        this.keys = PaceKeys.withProfile(this.given);
        this.parsed = new AbstractConfig(DEFINITION, keys, false);
        refuseWhatTheStreamsProtocolIgnores();
        StatisticsKeys.settings(parsed);
    }

    /**
     * This configuration for a replay: on the same cluster, in a world of its own.
     *
     * @param name of the replay
     * @param partitions number of partitions of its topics
     */
    public ReboundConfig forReplay(String name, int partitions) {
        Map<String, String> keys = new TreeMap<>(given);
        keys.put(TOPICS_PREFIX, replayTopics(name).prefix());
        keys.put(TOPICS_PARTITIONS, Integer.toString(partitions));
        keys.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId() + '.' + REPLAY + name);
        // A restart does not depend on copies, and another application's address is not this one's.
        keys.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "0");
        keys.remove(StreamsConfig.APPLICATION_SERVER_CONFIG);
        return new ReboundConfig(keys, true);
    }

    /** The topics of a replay of this application, by the replay's name. */
    public Topics replayTopics(String name) {
        return new Topics(topics().prefix() + REPLAY + name + '.', true);
    }

    /** The topics, prefixed as configured. */
    public Topics topics() {
        return new Topics(parsed.getString(TOPICS_PREFIX), ofReplay);
    }

    /** The keys and values as they were given. */
    public Map<String, String> given() {
        return given;
    }

    /** Partitions of topics to be created. */
    public int partitions() {
        return parsed.getInt(TOPICS_PARTITIONS);
    }

    /** Replicas of topics to be created; -1 for the broker's default. */
    public short replicationFactor() {
        return parsed.getShort(TOPICS_REPLICATION);
    }

    /** How often a running instance looks at its topics. */
    public Duration topicsCheck() {
        return Duration.ofMillis(parsed.getLong(TOPICS_CHECK_MS));
    }

    /** Pace and size of the statistics. */
    public StatisticsSettings statistics() {
        return StatisticsKeys.settings(parsed);
    }

    /** So many domains and providers have series of their own in the metrics. */
    public int topSubjects() {
        return StatisticsKeys.topSubjects(parsed);
    }

    /** How long a stream thread waits for the registry. */
    public Duration registryWait() {
        return Duration.ofMillis(parsed.getLong(REGISTRY_WAIT_MS));
    }

    /**
     * How addresses are suppressed.
     *
     * @throws ConfigException when the policy or a key cannot be used
     */
    public SuppressionSettings suppression() {
        return new SuppressionSettings(suppressionPolicies(), erasure(), SuppressionKeys.forgetAfter(parsed), false);
    }

    /**
     * What recognises erased addresses; empty when none can have been.
     *
     * @throws ConfigException when its key cannot be used
     */
    public Optional<Erasure> erasure() {
        return SuppressionKeys.erasure(parsed);
    }

    /** How long a start waits for brokers and registry. */
    public Duration startWait() {
        return Duration.ofMillis(parsed.getLong(START_WAIT_MS));
    }

    /** How long a stop may take. */
    public Duration stopTimeout() {
        return Duration.ofMillis(parsed.getLong(STOP_TIMEOUT_MS));
    }

    /** A stop hands this instance's work to others at once. */
    public boolean leavesGroupAtStop() {
        return parsed.getBoolean(STOP_LEAVE_GROUP);
    }

    /**
     * The HTTP server's settings.
     *
     * @throws ConfigException when keys contradict each other, or the token cannot be read or used
     */
    public HttpSettings http() {
        return HttpKeys.settings(parsed);
    }

    /**
     * The signed envelope senders; empty when none are configured.
     *
     * @throws ConfigException when only one of format and key is there, or one of them cannot be used
     */
    public Optional<Verp> verp() {
        return VerpKeys.verp(parsed);
    }

    /**
     * The signed envelope senders of a configuration that need not name a cluster; empty when it has none.
     *
     * @param given keys and values as the user wrote them
     * @throws ConfigException as {@link #verp()}, and when a {@code rebound.} key does not exist
     */
    public static Optional<Verp> verp(Map<String, String> given) {
        refuseUnknownKeys(given);
        return VerpKeys.verp(new AbstractConfig(VerpKeys.define(new ConfigDef()), given, false));
    }

    /**
     * When addresses are suppressed, by tenant; a policy file is read anew each time.
     *
     * @throws ConfigException when the key names neither a preset nor a file, or the file cannot be used
     */
    public Policies suppressionPolicies() {
        return SuppressionKeys.policies(parsed);
    }

    /** Name of a policy that ships, or path of a policy file, as configured. */
    public String suppressionPolicy() {
        return parsed.getString(SUPPRESSION_POLICY);
    }

    /** The brokers, as configured. */
    public String bootstrapServers() {
        return parsed.getString(BOOTSTRAP_SERVERS);
    }

    /** How to talk to the brokers, in Kafka's words. */
    public String securityProtocol() {
        return given.getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
    }

    /** The brokers want more than their addresses: encryption or credentials. */
    public boolean isSecured() {
        return !securityProtocol().equalsIgnoreCase(CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
    }

    /** Making topics and schemas takes no more of this configuration than the two addresses. */
    public boolean isMadeFromAddresses() {
        return !isSecured()
                && !USER_OF_URL.matcher(parsed.getString(SCHEMA_REGISTRY_URL)).find()
                && given.keySet().stream().noneMatch(ReboundConfig::concernsMakingTopics);
    }

    private static boolean concernsMakingTopics(String key) {
        return key.startsWith(TOPICS) && !key.equals(TOPICS_CHECK_MS)
                || KeyOwners.isRegistrys(key) && !key.equals(SCHEMA_REGISTRY_URL) && !key.endsWith(".timeout.ms");
    }

    /** The user's name among the credentials for the brokers; empty when they have none, as with certificates. */
    public Optional<String> brokerUser() {
        Matcher name = USER_OF_JAAS.matcher(given.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, ""));
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** The registry, as configured, without the user and password that an address can hold. */
    public String schemaRegistryUrl() {
        return USER_OF_URL.matcher(parsed.getString(SCHEMA_REGISTRY_URL)).replaceAll("//");
    }

    /** The consumer group and prefix of internal topics. */
    public String applicationId() {
        return parsed.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** What of this configuration must not be shown. */
    public Secrets secrets() {
        return Secrets.of(given);
    }

    /**
     * Settings for the registry's client: all that is not Rebound's own. Where a key is given with and without Confluent's
     * prefix {@code schema.registry.}, the one with the prefix counts; the client would take either.
     */
    public Map<String, String> registryClient() {
        Map<String, String> keys = passedThrough();
        List.copyOf(keys.keySet()).stream()
                .filter(key -> key.startsWith(KeyOwners.REGISTRY_PREFIX))
                .forEach(key -> keys.remove(key.substring(KeyOwners.REGISTRY_PREFIX.length())));
        keys.put(SCHEMA_REGISTRY_URL, schemaRegistryUrl());
        Matcher user = USER_OF_URL.matcher(parsed.getString(SCHEMA_REGISTRY_URL));
        String source = SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE;
        String prefixedSource = KeyOwners.REGISTRY_PREFIX + source;
        if (user.find() && "URL".equals(keys.getOrDefault(prefixedSource, keys.get(source)))) {
            // The client writes the address that it cannot reach to its log.
            keys.remove(prefixedSource);
            keys.put(source, "USER_INFO");
            keys.put(SchemaRegistryClientConfig.USER_INFO_CONFIG, user.group(1));
        }
        return keys;
    }

    /** Settings for an admin client. */
    public Properties adminClient() {
        return client(StreamsConfig.ADMIN_CLIENT_PREFIX);
    }

    /** Settings for a producer. */
    public Properties producerClient() {
        return client(StreamsConfig.PRODUCER_PREFIX);
    }

    /** Settings for a consumer. */
    public Properties consumerClient() {
        return client(StreamsConfig.CONSUMER_PREFIX);
    }

    /** Settings that any client of Kafka's understands: the connection, and nothing of what is for Streams. */
    public Properties client() {
        return client("");
    }

    /**
     * Keys of a connection; the others are for Streams or the registry, and clients would warn about them.
     *
     * @param prefix Kafka Streams' prefix for the kind of client, whose keys win over those without; empty for none
     */
    private Properties client(String prefix) {
        Properties properties = new Properties();
        Map<String, String> keys = passedThrough();
        keys.forEach((key, value) -> {
            if (KeyOwners.isConnection(key)) {
                properties.putIfAbsent(key, value);
            }
            String name = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
            if (KeyOwners.isConnection(name)) {
                properties.put(name, value);
            }
        });
        properties.put(BOOTSTRAP_SERVERS, bootstrapServers());
        // Kafka refuses a timeout for the whole call that is shorter than that of one of its requests.
        int call = milliseconds(properties, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        int request = milliseconds(properties, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, call));
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(request));
        properties.putIfAbsent(
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(Math.max(call, request)));
        return properties;
    }

    /**
     * Settings for Kafka Streams: what its guarantees rest on first, then what the user gave.
     *
     * @param instanceId name of this instance in the consumer group, the same after a restart; not used with
     *     {@code group.protocol=streams}
     */
    public Properties streams(String instanceId) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, CLASSIC_PROTOCOL);
        if (usesClassicProtocol()) {
            properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        }
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000);
        // Events count alike in any order between the topics, and commands by their own times (an erasure forgets
        // what was read before it): no task waits for records of one topic before it takes some of another.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // Kafka warns at every start while this is not set; its constant is deprecated because it will be the default.
        properties.put("processing.exception.handler.global.enabled", true);
        properties.putAll(PaceKeys.storeMemory(parsed));
        properties.putAll(forStreams());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ArrivalTime.class.getName());
        // The size of every record is checked against the topics' limit before it is forwarded. The producer's own
        // limit must not be what refuses one.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.OUTPUT_MAX_BYTES + 65_536);
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(Topics.OUTPUT_MAX_BYTES));
        return properties;
    }

    /**
     * Settings for Kafka Streams of an instance whose HTTP server listens on a port: as {@link #streams(String)}, and the address at
     * which other instances ask this one, unless the user gave another or the server listens on all addresses of the machine, none of
     * which is known to be the right one.
     *
     * @param httpPort port of the HTTP server
     */
    public Properties streams(String instanceId, int httpPort) {
        Properties properties = streams(instanceId);
        HttpKeys.reachedAt(parsed)
                .ifPresent(
                        host -> properties.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, host + ':' + httpPort));
        return properties;
    }

    /** Streams refuses static members under its own protocol (KIP-1071), which does without them. */
    private boolean usesClassicProtocol() {
        return given.getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, CLASSIC_PROTOCOL)
                .equalsIgnoreCase(CLASSIC_PROTOCOL);
    }

    /** Where Kafka Streams keeps its state on disk. */
    public Path stateDirectory() {
        return Path.of(given.getOrDefault(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), "kafka-streams").toString()));
    }

    private Map<String, String> passedThrough() {
        Map<String, String> rest = new TreeMap<>(keys);
        rest.keySet().removeIf(key -> key.startsWith(PREFIX));
        return rest;
    }

    /** Streams gives each of its clients what it does not know itself: the registry's password must not be among that. */
    private Map<String, String> forStreams() {
        Map<String, String> keys = passedThrough();
        keys.keySet().removeIf(KeyOwners::isRegistrys);
        return keys;
    }

    private static int milliseconds(Properties properties, String key, int absent) {
        String value = properties.getProperty(key);
        try {
            return value == null ? absent : Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new ConfigException(key, value, "expected: a number of milliseconds");
        }
    }

    private void refuseWhatTheStreamsProtocolIgnores() {
        String standbys = given.getOrDefault(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "0");
        if (!usesClassicProtocol() && !standbys.strip().equals("0")) {
            throw new ConfigException(
                    StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                    standbys,
                    "with group.protocol=streams the brokers decide; remove the key, and set it for the group:"
                            + " kafka-configs --alter --entity-type groups --entity-name " + applicationId()
                            + " --add-config streams.num.standby.replicas=" + standbys);
        }
    }

    private static void refuseUnknownKeys(Map<String, String> given) {
        for (String key : new TreeSet<>(given.keySet())) {
            if (key.startsWith(PREFIX) && !DEFINITION.names().contains(key)) {
                throw new ConfigException(
                        "unknown key " + key + "; did you mean " + NearestName.of(key, DEFINITION.names()) + "?");
            }
        }
    }

    /** This configuration with some keys replaced. */
    public ReboundConfig with(Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(given);
        changed.putAll(changes);
        return new ReboundConfig(changed);
    }
}
