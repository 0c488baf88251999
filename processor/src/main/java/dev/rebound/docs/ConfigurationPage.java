package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.config.ConfigSources;
import dev.rebound.config.ReboundConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** The reference page of the configuration: every key that Rebound defines, and what it makes of those of others. */
public final class ConfigurationPage {

    private static final String ELSEWHERE = "elsewhere";
    private static final String INSTANCE = "name of the instance";
    private static final int PORT = 18080;
    private static final String ADDRESS = "127.0.0.1:" + PORT;

    private ConfigurationPage() {}

    /** The page, as Markdown. */
    public static String text() {
        Markdown page = Markdown.generated("Configuration");
        sources(page);
        ownKeys(page);
        passedKeys(page);
        security(page);
        environment(page);
        return page.toString();
    }

    private static void sources(Markdown page) {
        page.paragraph("""
                Commands that talk to a cluster take `--config FILE`, a Java properties file in UTF-8, or `--bootstrap-server` and
                `--schema-registry`; without either they mean the local stack. Settings are put together from, the strongest last:
                Rebound's defaults, the file, environment variables, options of the command. Only what Rebound's guarantees rest
                on is set after all of these.""").paragraph("""
                `rebound config check --config FILE` verifies the keys, and what they name: brokers, credentials, permissions,
                topics, registry, schemas, and this machine. It prints the remedy for each thing that it finds, takes at most 20
                seconds, also when nothing answers, and shows no password. It changes nothing, but that the brokers remember a
                transactional id, `application.id` with `-config-check`, until it expires: whether transactions may be begun shows
                only when one tries. `rebound config docs` prints this page.""");
    }

    private static void ownKeys(Markdown page) {
        page.heading("Keys")
                .table(
                        List.of("key", "type", "default", "valid values", "importance", "what it does"),
                        ReboundConfig.DEFINITION.configKeys().values().stream()
                                .map(ConfigurationPage::row)
                                .toList())
                .paragraph("""
                        A key that starts with `rebound.` and does not exist is refused, with the nearest one that does. Times are in
                        milliseconds where the key ends in `.ms`.""");
    }

    private static void passedKeys(Markdown page) {
        page.heading("Keys of Kafka and of the schema registry's client")
                .paragraph("""
                        Every other key passes through unchanged, with the meaning that the documentation of Kafka or Confluent gives it.
                        `config check` tells of those that nobody knows, such as misspelt ones, and of values that the client they are for cannot use.""")
                .table(
                        List.of("keys", "go to"),
                        List.of(
                                List.of(
                                        "`security.protocol`, `ssl.*`, `sasl.*`, and what else all clients of Kafka understand",
                                        "Kafka Streams, and the clients of `ingest`, `codes`, `topics` and `config check`"),
                                List.of(
                                        "other keys of Kafka, such as `num.stream.threads` and `state.dir`",
                                        "Kafka Streams"),
                                List.of(
                                        "`consumer.*`, `main.consumer.*`, `restore.consumer.*`, `global.consumer.*`,"
                                                + " `producer.*`, `admin.*`, `topic.*`",
                                        "Kafka Streams; keys of the connection under `admin.`, `producer.` and `consumer.` also"
                                                + " the commands' clients of that kind, where they win over those without"),
                                List.of(
                                        "`basic.auth.*`, `bearer.auth.*`, `proxy.*`, `http.*.timeout.ms`, `missing.*`",
                                        "the registry's client; with `schema.registry.` in front as well, which wins"),
                                List.of(
                                        "`schema.registry.ssl.*`",
                                        "the registry's client: TLS of an `https` address. `ssl.*` is for the brokers alone"),
                                List.of(
                                        "`sasl.jaas.config`",
                                        "also the registry's client, where `basic.auth.credentials.source=SASL_INHERIT`")))
                .paragraph("Where Rebound has a default of its own, yours wins:")
                .table(List.of("key", "Rebound's default"), defaults())
                .paragraph(
                        "These are what Rebound's guarantees rest on. They are set as below, whatever a file or variable says:")
                .table(List.of("key", "fixed at"), fixed());
    }

    private static void security(Markdown page) {
        page.heading("Secured clusters")
                .paragraph("Brokers with SASL over TLS, and a registry with basic authentication over TLS:")
                .fenced("properties", example("sasl-tls.properties"))
                .paragraph("Brokers that know a client by its certificate:")
                .fenced("properties", example("client-certificate.properties"))
                .paragraph("""
                        Passwords need not be in the file: set `REBOUND_CONF_SASL_JAAS_CONFIG` and the like in the environment instead.
                        No password is written to a log or printed. User and password in an address of the registry count with
                        `basic.auth.credentials.source=URL`; they are taken out before anything is logged.""")
                .paragraph("Where brokers have an authorizer, the user of `rebound run` needs:")
                .table(
                        List.of("on", "operations"),
                        List.of(
                                List.of("topic `delivery-events`", "Read, DescribeConfigs"),
                                List.of(
                                        "topics `status-codes`, `suppression-commands`, `suppressions`",
                                        "Read, Write, DescribeConfigs"),
                                List.of("the other topics", "Write, DescribeConfigs"),
                                List.of(
                                        "topics whose names start with `application.id` and a dash",
                                        "Create, Read, Write, Delete, DescribeConfigs"),
                                List.of("group `application.id`", "Read"),
                                List.of("transactional ids that start with `application.id`", "Write")))
                .paragraph("""
                        `ingest` needs Write on `delivery-events`; `codes`, `rules` and `providers` Read on `status-codes`, and Write to change;
                        `suppressions` Read on `suppressions`, Read and Write on `suppression-commands`; `erase` the same, and
                        Describe on group `application.id`; `topics create` Create and DescribeConfigs. `config check` says which of
                        these is missing for the user in the
                        configuration, with the `kafka-acls` command that adds it.""");
    }

    private static void environment(Markdown page) {
        page.heading("Environment variables")
                .paragraph("A variable that starts with " + code(ConfigSources.ENVIRONMENT_PREFIX)
                        + " is a key: the rest of its name in lower case, with a dot for each `_`. Where a key itself has `_` or `-`"
                        + " in it, write two or three of them. It wins over the file. Keys with capital letters can be set"
                        + " in a file only; Kafka, Confluent and Rebound have none. For example:")
                .table(List.of("variable", "key"), variables());
    }

    /** An example that a test runs, with values of its own. */
    private static String example(String name) {
        try (InputStream file = ConfigurationPage.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(ConfigKey key) {
        return List.of(
                code(key.name),
                key.type.name().toLowerCase(Locale.ROOT),
                byDefault(key),
                key.validator == null ? "any" : plain(key.validator.toString()),
                key.importance.name().toLowerCase(Locale.ROOT),
                plain(key.documentation));
    }

    private static String byDefault(ConfigKey key) {
        if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
            return "none: required";
        }
        String value = ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null ? "none" : value.isEmpty() ? "empty" : code(value);
    }

    private static List<List<String>> defaults() {
        return shipped().entrySet().stream()
                .filter(entry -> isOverridable(entry.getKey()))
                .map(entry -> List.of(code(entry.getKey()), value(entry.getValue())))
                .toList();
    }

    private static List<List<String>> fixed() {
        return shipped().entrySet().stream()
                .filter(entry -> !isOverridable(entry.getKey()))
                .map(entry -> List.of(code(entry.getKey()), value(entry.getValue())))
                .toList();
    }

    private static String value(String value) {
        if (value.equals(ADDRESS)) {
            return "`rebound.http.host` and the port of the HTTP server; none when it listens on all addresses of the machine:"
                    + " then set it, so that other instances can ask this one for suppressions";
        }
        return value.equals(INSTANCE) ? INSTANCE + ", kept over restarts" : code(value);
    }

    /** What Rebound gives to Kafka Streams of its own accord. */
    private static Map<String, String> shipped() {
        Map<String, String> shipped = new TreeMap<>();
        Properties streams = configured(Map.of()).streams(INSTANCE, PORT);
        streams.forEach((key, value) -> shipped.put(key.toString(), value.toString()));
        shipped.keySet().removeAll(ReboundConfig.DEFINITION.names());
        return shipped;
    }

    /** The configuration of somebody who sets only what has no default, and these keys. */
    private static ReboundConfig configured(Map<String, String> keys) {
        Map<String, String> given = new TreeMap<>(keys);
        given.put(ReboundConfig.BOOTSTRAP_SERVERS, "broker.example:9092");
        given.put(ReboundConfig.SCHEMA_REGISTRY_URL, "http://registry.example:8081");
        return new ReboundConfig(given);
    }

    /** Whether Rebound lets a user decide: found out by trying. */
    private static boolean isOverridable(String key) {
        try {
            Properties streams = configured(Map.of(key, ELSEWHERE)).streams(INSTANCE, PORT);
            return ELSEWHERE.equals(streams.get(key));
        } catch (ConfigException refused) {
            return false;
        }
    }

    private static List<List<String>> variables() {
        Map<String, String> examples = new TreeMap<>();
        for (String name : List.of(
                "BOOTSTRAP_SERVERS",
                "SCHEMA_REGISTRY_URL",
                "NUM_STREAM_THREADS",
                "REBOUND_HTTP_PORT",
                "PLUGIN_MY__KEY")) {
            String variable = ConfigSources.ENVIRONMENT_PREFIX + name;
            ConfigSources.read(null, Map.of(variable, "any")).keySet().forEach(key -> examples.put(variable, key));
        }
        return examples.entrySet().stream()
                .map(entry -> List.of(code(entry.getKey()), code(entry.getValue())))
                .toList();
    }
}
