package dev.rebound.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.mail.Verp;
import dev.rebound.statistics.WindowSize;
import dev.rebound.suppress.Erasure;
import dev.rebound.topology.ArrivalTime;
import dev.rebound.topology.StoreMemory;
import dev.rebound.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReboundConfigTest {

    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String KEYSTORE_PATH = "rebound.http.tls.keystore.path";
    private static final String KEYSTORE_PASSWORD = "rebound.http.tls.keystore.password";
    private static final String TOKEN_FILE = tokenFile();
    private static final String VERP_FORMAT = "rebound.verp.format";
    private static final String VERP_FORMATTED = "b+{recipient}+{date}+{signature}@bounces.example.com";
    private static final String VERP_KEY = "rebound.verp.key";
    private static final String POLICY = "rebound.suppression.policy";
    private static final String VERP_MAX_AGE = "rebound.verp.max.age.days";

    /**
     * One key.
     *
     * @param name the key
     * @param read how callers see it
     * @param byDefault what they see when it is not given
     * @param given a value as a user writes it
     * @param seen what they see then
     * @param refused values that are not taken
     */
    private record Key(
            String name,
            Function<ReboundConfig, Object> read,
            Object byDefault,
            String given,
            Object seen,
            List<String> refused) {}

    static Stream<Key> keys() {
        return Stream.of(
                new Key(
                        "bootstrap.servers",
                        ReboundConfig::bootstrapServers,
                        "broker:9092",
                        "a:1,b:2",
                        "a:1,b:2",
                        List.of("")),
                new Key(
                        "schema.registry.url",
                        ReboundConfig::schemaRegistryUrl,
                        "http://registry:8081",
                        "http://a,http://b",
                        "http://a,http://b",
                        List.of("")),
                new Key(
                        "application.id",
                        config -> config.streams("i").get(StreamsConfig.APPLICATION_ID_CONFIG),
                        "rebound",
                        "mine",
                        "mine",
                        List.of("")),
                new Key(
                        "rebound.profile",
                        config -> config.streams("i").get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG),
                        "1000",
                        "Latency",
                        "100",
                        List.of("fast", "")),
                new Key(
                        "rebound.state.memory.mb",
                        config -> config.streams("i").get(StoreMemory.BYTES),
                        256L << 20,
                        "16",
                        16L << 20,
                        List.of("15", "-1", "all")),
                new Key(
                        "rebound.topics.prefix",
                        config -> config.topics().bouncesHard().name(),
                        "bounces-hard",
                        "acme.",
                        "acme.bounces-hard",
                        List.of()),
                new Key(
                        "rebound.topics.partitions",
                        ReboundConfig::partitions,
                        8,
                        "10000",
                        10_000,
                        List.of("0", "-1", "10001", "many", "")),
                new Key(
                        "rebound.topics.replication.factor",
                        ReboundConfig::replicationFactor,
                        (short) -1,
                        "3",
                        (short) 3,
                        List.of("-2", "three", "40000")),
                new Key(
                        "rebound.topics.check.ms",
                        ReboundConfig::topicsCheck,
                        Duration.ofMinutes(5),
                        "1000",
                        Duration.ofSeconds(1),
                        List.of("999", "86400001", "often")),
                new Key(
                        "rebound.stats.flush.ms",
                        config -> config.statistics().flush(),
                        Duration.ofSeconds(5),
                        "10",
                        Duration.ofMillis(10),
                        List.of("9", "0", "-1", "1s")),
                new Key(
                        "rebound.erase.key",
                        config -> config.erasure().map(erasure -> erasure.standIn("someone@example.com")),
                        Optional.empty(),
                        TOKEN,
                        Optional.of(new Erasure(TOKEN).standIn("someone@example.com")),
                        List.of()),
                new Key(
                        "rebound.suppression.forget.days",
                        config -> config.suppression().forgetAfter(),
                        Duration.ofDays(400),
                        "31",
                        Duration.ofDays(31),
                        List.of("30", "36501", "never")),
                new Key(
                        "rebound.stats.roll.up.ms",
                        config -> config.statistics().rollUp(),
                        Duration.ofSeconds(10),
                        "10",
                        Duration.ofMillis(10),
                        List.of("9", "300001", "2s")),
                layAway(
                        "rebound.stats.minutes.lay.away.ms",
                        WindowSize.MINUTE,
                        3,
                        "7200000",
                        List.of("7199999", "0", "2h")),
                layAway(
                        "rebound.stats.hours.lay.away.ms",
                        WindowSize.HOUR,
                        62,
                        "259200000",
                        List.of("7199999", "259199999", "3d")),
                layAway(
                        "rebound.stats.days.lay.away.ms",
                        WindowSize.DAY,
                        400,
                        "5356800000",
                        List.of("7199999", "5356799999", "62d")),
                new Key(
                        "rebound.stats.domains.max",
                        config -> config.statistics().mostDomains(),
                        100_000,
                        "1",
                        1,
                        List.of("0", "-1", "all")),
                new Key("rebound.metrics.top", ReboundConfig::topSubjects, 20, "0", 0, List.of("-1", "501", "all")),
                new Key(
                        "rebound.registry.wait.ms",
                        ReboundConfig::registryWait,
                        Duration.ofSeconds(45),
                        "0",
                        Duration.ZERO,
                        List.of("-1", "240001", "soon")),
                new Key(
                        "rebound.start.wait.ms",
                        ReboundConfig::startWait,
                        Duration.ofMinutes(5),
                        "0",
                        Duration.ZERO,
                        List.of("-1", "86400001", "long")),
                new Key(
                        "rebound.stop.timeout.ms",
                        ReboundConfig::stopTimeout,
                        Duration.ofSeconds(25),
                        "1000",
                        Duration.ofSeconds(1),
                        List.of("999", "600001", "at once")),
                new Key(
                        "rebound.stop.leave.group",
                        ReboundConfig::leavesGroupAtStop,
                        false,
                        "true",
                        true,
                        List.of("yes", "")),
                http("rebound.http.host", HttpSettings::host, "127.0.0.1", "0.0.0.0", "0.0.0.0", List.of("")),
                http("rebound.http.port", HttpSettings::port, 18080, "0", 0, List.of("-1", "65536", "http")),
                http("rebound.http.token", HttpSettings::token, null, TOKEN, new Password(TOKEN), List.of()),
                http("rebound.http.token.file", HttpSettings::token, null, TOKEN_FILE, new Password(TOKEN), List.of()),
                new Key(
                        "rebound.http.tls.keystore.path",
                        config -> config.with(Map.of(KEYSTORE_PASSWORD, "secret"))
                                .http()
                                .tls(),
                        null,
                        "keys.p12",
                        new HttpSettings.Tls(Path.of("keys.p12"), new Password("secret"), "PKCS12"),
                        List.of()),
                http(KEYSTORE_PASSWORD, HttpSettings::tls, null, "secret", null, List.of()),
                new Key(
                        "rebound.http.tls.keystore.type",
                        config -> config.with(Map.of(KEYSTORE_PATH, "keys.p12", KEYSTORE_PASSWORD, "secret"))
                                .http()
                                .tls()
                                .type(),
                        "PKCS12",
                        "JKS",
                        "JKS",
                        List.of("PEM")),
                limit("rebound.http.max.body.bytes", Limits::bodyBytes, 1_048_576, 1_024),
                limit("rebound.http.max.header.bytes", Limits::headerBytes, 8_192, 1_024),
                limit("rebound.http.max.connections", Limits::connections, 200, 1),
                limit(
                        "rebound.http.request.timeout.ms",
                        limits -> (int) limits.request().toMillis(),
                        30_000,
                        100),
                limit("rebound.http.threads", Limits::threads, 8, HttpServer.MIN_THREADS),
                new Key(
                        VERP_FORMAT,
                        config -> takesAnOldSender(config, Map.of(VERP_KEY, TOKEN, VERP_MAX_AGE, "0")),
                        false,
                        VERP_FORMATTED,
                        true,
                        List.of()),
                new Key(
                        VERP_KEY,
                        config -> takesAnOldSender(config, Map.of(VERP_FORMAT, VERP_FORMATTED, VERP_MAX_AGE, "0")),
                        false,
                        TOKEN,
                        true,
                        List.of()),
                new Key(
                        VERP_MAX_AGE,
                        config -> takesAnOldSender(config, Map.of(VERP_FORMAT, VERP_FORMATTED, VERP_KEY, TOKEN)),
                        false,
                        "0",
                        true,
                        List.of("-1", "36501", "many")),
                new Key(
                        POLICY,
                        config -> config.suppressionPolicies().standard().name(),
                        "default",
                        "cautious",
                        "cautious",
                        List.of("")));
    }

    private static boolean takesAnOldSender(ReboundConfig config, Map<String, String> rest) {
        LocalDate sent = LocalDate.of(2026, 1, 1);
        try {
            String sender = new Verp(VERP_FORMATTED, TOKEN, 0).sign("kim@example.org", null, sent);
            return config.with(rest)
                    .verp()
                    .filter(verp -> verp.check(sender, sent.plusDays(31)) instanceof Verp.Valid)
                    .isPresent();
        } catch (ConfigException halfConfigured) {
            return false;
        } catch (InvalidAddressException e) {
            throw new AssertionError(e);
        }
    }

    private static Key http(
            String name,
            Function<HttpSettings, Object> read,
            Object byDefault,
            String given,
            Object seen,
            List<String> refused) {
        return new Key(name, config -> read.apply(config.http()), byDefault, given, seen, refused);
    }

    /** @param least which is that of the next shorter windows */
    private static Key layAway(String name, WindowSize size, int days, String least, List<String> refused) {
        return new Key(
                name,
                config -> config.statistics().layAwayAfter().get(size),
                Duration.ofDays(days),
                least,
                Duration.ofMillis(Long.parseLong(least)),
                refused);
    }

    private static Key limit(String name, Function<Limits, Integer> read, int byDefault, int least) {
        return http(
                name,
                settings -> read.apply(settings.limits()),
                byDefault,
                Integer.toString(least),
                least,
                List.of(Integer.toString(least - 1), "100000000", "all"));
    }

    private static String tokenFile() {
        try {
            Path file = Files.createTempFile("token", null);
            file.toFile().deleteOnExit();
            return Files.writeString(file, TOKEN + "\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReboundConfig with(String key, String value) {
        Map<String, String> given = new HashMap<>(REQUIRED);
        given.put(key, value);
        return new ReboundConfig(given);
    }

    @Test
    void everyKeyHasATestAndASentence() {
        assertThat(keys().map(Key::name)).containsExactlyInAnyOrderElementsOf(ReboundConfig.DEFINITION.names());
        assertThat(ReboundConfig.DEFINITION.configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).as(key.name).endsWith("."));
    }

    /** A profile stands for plain keys, and each of these counts where it is given. */
    @Test
    void aKeyGoesBeforeTheProfile() {
        ReboundConfig latency = with("rebound.profile", "latency");
        assertThat(latency.statistics().flush()).isEqualTo(Duration.ofMillis(250));
        assertThat(latency.statistics().rollUp()).isEqualTo(Duration.ofMillis(500));
        assertThat(latency.streams("i"))
                .containsEntry("commit.interval.ms", "100")
                .containsEntry("producer.linger.ms", "5");

        ReboundConfig mixed = latency.with(Map.of("commit.interval.ms", "300", "rebound.stats.flush.ms", "700"));
        assertThat(mixed.streams("i"))
                .containsEntry("commit.interval.ms", "300")
                .containsEntry("producer.linger.ms", "5");
        assertThat(mixed.statistics().flush()).isEqualTo(Duration.ofMillis(700));
        assertThat(latency.with(Map.of("linger.ms", "7")).streams("i"))
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("producer.linger.ms");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasADefaultAndCanBeGiven(Key key) {
        assertThat(key.read().apply(new ReboundConfig(REQUIRED))).isEqualTo(key.byDefault());
        assertThat(key.read().apply(with(key.name(), key.given()))).isEqualTo(key.seen());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aValueThatIsNotTakenIsNamedWithItsKey(Key key) {
        assertThat(key.refused()).allSatisfy(value -> assertThatThrownBy(() -> with(key.name(), value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.name())
                .hasMessageContaining(value));
    }

    @ParameterizedTest
    @CsvSource({"bootstrap.servers", "schema.registry.url"})
    void whatHasNoDefaultIsRequired(String key) {
        Map<String, String> given = new HashMap<>(REQUIRED);
        given.remove(key);

        assertThatThrownBy(() -> new ReboundConfig(given))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"" + key + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "rebound.http.prot, rebound.http.port",
        "rebound.topic.prefix, rebound.topics.prefix",
        "rebound.stats.flush, rebound.stats.flush.ms",
        "rebound.HTTP.host, rebound.http.host"
    })
    void anUnknownKeyNamesTheNearestOne(String key, String nearest) {
        assertThatThrownBy(() -> with(key, "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown key " + key + "; did you mean " + nearest + "?");
    }

    @Test
    void aPolicyCanBeAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("policy.yaml"), "name: mine\nrules: []\n");
        ReboundConfig config = with(POLICY, file.toString());
        assertThat(config.suppressionPolicies().standard().name()).isEqualTo("mine");

        Files.writeString(file, "name: mine\nrules: 1\n");
        assertThatThrownBy(config::suppressionPolicies)
                .isInstanceOf(ConfigException.class)
                .hasMessage(POLICY + ": " + file + ":2: rules: 1 (expected: a list)");

        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(config::suppressionPolicies)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(POLICY + ": " + file)
                .hasMessageContaining("is no text in UTF-8");
        assertThatThrownBy(() -> with(POLICY, directory.toString()).suppressionPolicies())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(POLICY + ": " + directory + " cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defualt", "absent/defualt", "a\0defualt"})
    void aPolicyThatIsNeitherPresetNorFileIsRefused(String value) {
        assertThatThrownBy(() -> with(POLICY, value).suppressionPolicies())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(POLICY + ": " + value
                        + " (expected: the path of a policy file, and there is none, or one of default, cautious,");
    }

    @Test
    void keysOfKafkaPassThroughToStreams() {
        Properties streams = new ReboundConfig(Map.of(
                        "bootstrap.servers", "broker:9092",
                        "schema.registry.url", "http://registry:8081",
                        "security.protocol", "SASL_SSL",
                        "num.stream.threads", "4",
                        "commit.interval.ms", "100",
                        "consumer.max.poll.records", "50",
                        "group.protocol", "streams",
                        "rebound.http.port", "0"))
                .streams("instance-1");

        assertThat(streams)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("num.stream.threads", "4")
                .containsEntry("commit.interval.ms", "100")
                .containsEntry("consumer.max.poll.records", "50")
                .containsEntry("group.protocol", "streams")
                .doesNotContainKey("rebound.http.port");
    }

    @Test
    void membershipIsStaticUnlessToldOtherwise() {
        String key = "main.consumer." + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;

        assertThat(new ReboundConfig(REQUIRED).streams("instance-1"))
                .containsEntry(key, "instance-1")
                .containsEntry("group.protocol", "classic");
        assertThat(with(key, "mine").streams("instance-1")).containsEntry(key, "mine");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:1234",
        "rebound-1.example, rebound-1.example:1234",
        "::1, [::1]:1234",
        "0.0.0.0,",
        "'::',"
    })
    void otherInstancesFindThisOneWhereItsServerListens(String host, String expected) {
        ReboundConfig config = with("rebound.http.host", host);

        assertThat(config.streams("i", 1234).get("application.server")).isEqualTo(expected);
        assertThat(config.with(Map.of("application.server", "mine:1"))
                        .streams("i", 1234)
                        .get("application.server"))
                .isEqualTo("mine:1");
    }

    /** Each of these would break what the application promises without anybody noticing. */
    @ParameterizedTest
    @CsvSource({
        "processing.guarantee, at_least_once",
        "default.timestamp.extractor, org.apache.kafka.streams.processor.FailOnInvalidTimestamp",
        "ensure.explicit.internal.resource.naming, false",
        "producer.max.request.size, 1000",
        "max.request.size, 1000",
        "topic.max.message.bytes, 1000"
    })
    void whatGuaranteesRestOnCannotBeOverridden(String key, String value) {
        StreamsConfig streams = new StreamsConfig(with(key, value).streams("instance-1"));

        assertThat(streams.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
        assertThat(streams.getClass(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG))
                .isEqualTo(ArrivalTime.class);
        assertThat(streams.getBoolean(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG))
                .isTrue();
        Map<String, Object> producer = streams.getProducerConfigs("client");
        assertThat(Integer.parseInt(
                        producer.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG).toString()))
                .as("a record of the largest size that is forwarded must fit")
                .isGreaterThan(Topics.OUTPUT_MAX_BYTES);
        assertThat(streams.originals().get("topic.max.message.bytes"))
                .isEqualTo(Integer.toString(Topics.OUTPUT_MAX_BYTES));
    }

    @Test
    void clientsGetTheConnectionAndNothingElse() {
        Properties client = new ReboundConfig(Map.of(
                        "bootstrap.servers", "broker:9092",
                        "schema.registry.url", "http://registry:8081",
                        "security.protocol", "SSL",
                        "ssl.truststore.location", "/t",
                        "sasl.mechanism", "PLAIN",
                        "num.stream.threads", "4",
                        "request.timeout.ms", "5"))
                .client();

        assertThat(client)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.location", "/t")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("request.timeout.ms", "5")
                .containsEntry("default.api.timeout.ms", "20000")
                .doesNotContainKeys("schema.registry.url", "num.stream.threads");
    }

    @Test
    void theTimeoutOfACallIsNotShorterThanThatOfARequest() {
        assertThat(with("request.timeout.ms", "30000").client()).containsEntry("default.api.timeout.ms", "30000");
        assertThat(with("default.api.timeout.ms", "45000").client()).containsEntry("default.api.timeout.ms", "45000");
        assertThat(with("default.api.timeout.ms", "5000").client()).containsEntry("request.timeout.ms", "5000");
        assertThatThrownBy(() -> with("request.timeout.ms", "soon").client())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("soon");
    }

    @Test
    void eachKindOfClientHasItsOwnConnectionWhereOneIsGiven() {
        ReboundConfig config = new ReboundConfig(Map.of(
                "bootstrap.servers", "broker:9092",
                "schema.registry.url", "http://registry:8081",
                "sasl.jaas.config", "all",
                "admin.sasl.jaas.config", "admin's",
                "producer.sasl.jaas.config", "producer's",
                "client.id", "all",
                "producer.client.id", "producer's",
                "consumer.reconnect.backoff.ms", "7",
                "main.consumer.sasl.jaas.config", "main consumer's"));

        assertThat(config.client()).containsEntry("sasl.jaas.config", "all");
        assertThat(config.adminClient()).containsEntry("sasl.jaas.config", "admin's");
        assertThat(config.producerClient())
                .containsEntry("sasl.jaas.config", "producer's")
                .containsEntry("client.id", "producer's");
        assertThat(with("producer.linger.ms", "5").producerClient())
                .doesNotContainKeys("linger.ms", "producer.linger.ms");
        assertThat(config.consumerClient())
                .containsEntry("sasl.jaas.config", "all")
                .containsEntry("reconnect.backoff.ms", "7");
    }

    /** Kafka Streams hands on what it does not know to each of its clients. */
    @ParameterizedTest
    @CsvSource({
        "basic.auth.user.info, me:s3cret",
        "basic.auth.credentials.source, USER_INFO",
        "bearer.auth.token, s3cret",
        "schema.registry.basic.auth.user.info, me:s3cret",
        "schema.registry.ssl.truststore.password, s3cret"
    })
    void whatIsForTheRegistrysClientIsNotGivenToKafkas(String key, String value) {
        ReboundConfig config = with(key, value);

        assertThat(config.registryClient()).containsEntry(key, value);
        assertThat(config.streams("instance-1")).doesNotContainKey(key);
        assertThat(config.client()).doesNotContainKey(key);
    }

    @Test
    void aKeyWithTheRegistrysPrefixWinsOverOneWithout() {
        Map<String, String> client = new ReboundConfig(Map.of(
                        "bootstrap.servers", "broker:9092",
                        "schema.registry.url", "http://registry:8081",
                        "basic.auth.user.info", "other:other",
                        "schema.registry.basic.auth.user.info", "me:s3cret"))
                .registryClient();

        assertThat(client)
                .containsEntry("schema.registry.basic.auth.user.info", "me:s3cret")
                .doesNotContainKey("basic.auth.user.info");
    }

    @Test
    void userAndPasswordAreTakenOutOfTheRegistrysAddress() {
        Map<String, String> given = new HashMap<>(REQUIRED);
        given.put("schema.registry.url", "https://me:s3cret@a:8081,https://me:s3cret@b:8081");
        assertThat(new ReboundConfig(given).schemaRegistryUrl()).isEqualTo("https://a:8081,https://b:8081");
        assertThat(new ReboundConfig(given).registryClient()).doesNotContainValue("me:s3cret");

        for (String key : List.of("basic.auth.credentials.source", "schema.registry.basic.auth.credentials.source")) {
            Map<String, String> asked = new HashMap<>(given);
            asked.put(key, "URL");
            assertThat(new ReboundConfig(asked).registryClient())
                    .containsEntry("basic.auth.credentials.source", "USER_INFO")
                    .containsEntry("basic.auth.user.info", "me:s3cret")
                    .doesNotContainKey("schema.registry.basic.auth.credentials.source");
        }
    }

    @Test
    void theUserOfTheBrokersIsKnownByName() {
        assertThat(new ReboundConfig(REQUIRED).brokerUser()).isEmpty();
        assertThat(with("sasl.jaas.config", "X required username=\"me\" password=\"s3cret\";")
                        .brokerUser())
                .contains("me");
    }

    @Test
    void keysOfTheRegistryPassThroughToItsClient() {
        assertThat(with("schema.registry.basic.auth.user.info", "user:secret").registryClient())
                .containsEntry("schema.registry.basic.auth.user.info", "user:secret");
    }

    @Test
    void stateIsKeptWhereKafkaStreamsKeepsIt() {
        assertThat(with("state.dir", "/data/state").stateDirectory()).isEqualTo(Path.of("/data/state"));
        assertThat(new ReboundConfig(REQUIRED).stateDirectory())
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "kafka-streams"));
    }

    @Test
    void aConfigurationWithChangesLeavesTheOldOneAlone() {
        ReboundConfig config = new ReboundConfig(REQUIRED);

        assertThat(config.with(Map.of("rebound.http.port", "1")).http().port()).isEqualTo(1);
        assertThat(config.http().port()).isEqualTo(18080);
        assertThatThrownBy(() -> config.with(Map.of("rebound.http.port", "-1"))).isInstanceOf(ConfigException.class);
    }

    @Test
    void nobodyChangesAConfigurationBehindItsBack() {
        Map<String, String> given = new HashMap<>(REQUIRED);
        ReboundConfig config = new ReboundConfig(given);
        given.put("bootstrap.servers", "other:1");

        assertThat(config.bootstrapServers()).isEqualTo("broker:9092");
    }

    @Test
    void theStreamsProtocolGoesWithoutStaticMembersAndStandbysOfItsOwn() {
        String instance = "main.consumer.group.instance.id";
        assertThat(with("group.protocol", "streams").streams("i")).doesNotContainKey(instance);
        assertThat(with("group.protocol", "classic").streams("i")).containsEntry(instance, "i");

        Map<String, String> both = new HashMap<>(REQUIRED);
        both.put("group.protocol", "streams");
        both.put("num.standby.replicas", "1");
        assertThatThrownBy(() -> new ReboundConfig(both))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("num.standby.replicas", "streams.num.standby.replicas=1");
    }

    @Test
    void aKeyStoreNeedsItsPassword() {
        assertThatThrownBy(() -> with(KEYSTORE_PATH, "keys.p12").http())
                .isInstanceOf(ConfigException.class)
                .hasMessage(KEYSTORE_PATH + " is set and " + KEYSTORE_PASSWORD + " is not; set both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tooshort", "contains a blank inside", "", "umlauts-äöü-0123456789abcdef"})
    void aTokenThatCannotBeUsedIsRefusedWithoutBeingShown(String token) {
        assertThatThrownBy(() -> with("rebound.http.token", token).http())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("rebound.http.token holds no usable token")
                .hasMessageContaining("openssl rand")
                .message()
                .matches(message -> token.isEmpty() || !message.contains(token));
    }

    @Test
    void aTokenComesFromOnePlaceThatCanBeRead() {
        Map<String, String> both = new HashMap<>(REQUIRED);
        both.put("rebound.http.token", TOKEN);
        both.put("rebound.http.token.file", TOKEN_FILE);

        assertThatThrownBy(() -> new ReboundConfig(both).http())
                .isInstanceOf(ConfigException.class)
                .hasMessage("rebound.http.token and rebound.http.token.file are both set; keep one");
        assertThatThrownBy(
                        () -> with("rebound.http.token.file", "/nowhere/token").http())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("cannot read rebound.http.token.file /nowhere/token");
    }

    @Test
    void noSecretIsShown() {
        Map<String, String> given = new HashMap<>(REQUIRED);
        given.put("rebound.http.token", TOKEN);
        given.put("rebound.http.tls.keystore.path", "keys.p12");
        given.put("rebound.http.tls.keystore.password", "key-secret");
        ReboundConfig config = new ReboundConfig(given);

        assertThat(config.toString() + config.http()).doesNotContain(TOKEN, "key-secret");
    }

    @Test
    void halfASignedEnvelopeSenderIsRefused() {
        assertThatThrownBy(() -> with(VERP_KEY, TOKEN).verp())
                .isInstanceOf(ConfigException.class)
                .hasMessage("rebound.verp.key is set and rebound.verp.format is not; set both");
        Map<String, String> given = new HashMap<>(REQUIRED);
        given.put(VERP_FORMAT, "bounce+{recipient}@bounces.example.com");
        given.put(VERP_KEY, TOKEN);
        assertThatThrownBy(() -> new ReboundConfig(given).verp())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(VERP_FORMAT)
                .hasMessageContaining("needs {recipient}, {date} and {signature}")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void aShortKeyForErasedAddressesIsRefused() {
        ReboundConfig config = with("rebound.erase.key", "too short");
        assertThatThrownBy(config::erasure)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rebound.erase.key: the key has 9 characters")
                .hasMessageNotContaining("too short");
    }
}
