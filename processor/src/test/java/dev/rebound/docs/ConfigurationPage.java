package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.config.ConfigSources;
import dev.rebound.config.ReboundConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** Every key that Rebound defines, and what it makes of those of Kafka. */
final class ConfigurationPage {

    private static final String ELSEWHERE = "elsewhere";
    private static final String INSTANCE = "name of the instance";

    private ConfigurationPage() {}

    static Page of() {
        Markdown page = Markdown.generated("Configuration")
                .paragraph("""
                        Commands that talk to a cluster take `--config FILE`, a Java properties file in UTF-8, or `--bootstrap-server` and
                        `--schema-registry`; without either they mean the local stack. Settings are put together from, the strongest last:
                        the file, environment variables, options of the command.""")
                .heading("Keys")
                .table(
                        List.of("key", "type", "default", "valid values", "importance", "what it does"),
                        ReboundConfig.DEFINITION.configKeys().values().stream()
                                .map(ConfigurationPage::row)
                                .toList())
                .paragraph("""
                        A key that starts with `rebound.` and does not exist is refused, with the nearest one that does. Times are in
                        milliseconds where the key ends in `.ms`.""")
                .heading("Keys of Kafka and of the schema registry's client")
                .paragraph("""
                        Every other key passes through unchanged: to Kafka Streams and its clients (`security.protocol`, `ssl.*`,
                        `sasl.*`, `num.stream.threads`, `state.dir`, and with the prefixes that Kafka Streams knows, such as
                        `producer.` or `main.consumer.`), and to the registry's client (`basic.auth.credentials.source`,
                        `basic.auth.user.info`, `schema.registry.ssl.*`). Their meaning is in the documentation of Kafka and Confluent.
                        Where Rebound has a default of its own, yours wins:""")
                .table(List.of("key", "Rebound's default"), defaults())
                .paragraph(
                        "These are what Rebound's guarantees rest on. They are set as below, whatever a file or variable says:")
                .table(List.of("key", "fixed at"), fixed())
                .heading("Environment variables")
                .paragraph(
                        "A variable that starts with " + code(ConfigSources.ENVIRONMENT_PREFIX)
                                + " is a key: the rest of its name in lower case, with a dot for each `_`. It wins over the file."
                                + " A key that itself has `_` in it, or a capital letter, can be set in a file only. For example:")
                .table(List.of("variable", "key"), variables());
        return new Page("topology-docs/configuration.md", page.toString());
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
        return value.isEmpty() ? "empty" : code(value);
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
        return value.equals(INSTANCE) ? INSTANCE + ", kept over restarts" : code(value);
    }

    /** What Rebound gives to Kafka Streams of its own accord. */
    private static Map<String, String> shipped() {
        Map<String, String> shipped = new TreeMap<>();
        Properties streams = ShippedTopology.defaults(Map.of()).streams(INSTANCE);
        streams.forEach((key, value) -> shipped.put(key.toString(), value.toString()));
        shipped.keySet().removeAll(ReboundConfig.DEFINITION.names());
        return shipped;
    }

    /** Whether Rebound lets a user decide: found out by trying. */
    private static boolean isOverridable(String key) {
        try {
            Properties streams =
                    ShippedTopology.defaults(Map.of(key, ELSEWHERE)).streams(INSTANCE);
            return ELSEWHERE.equals(streams.get(key));
        } catch (ConfigException refused) {
            return false;
        }
    }

    private static List<List<String>> variables() {
        Map<String, String> examples = new TreeMap<>();
        for (String name :
                List.of("BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL", "NUM_STREAM_THREADS", "REBOUND_HTTP_PORT")) {
            String variable = ConfigSources.ENVIRONMENT_PREFIX + name;
            ConfigSources.read(null, Map.of(variable, "any")).keySet().forEach(key -> examples.put(variable, key));
        }
        return examples.entrySet().stream()
                .map(entry -> List.of(code(entry.getKey()), code(entry.getValue())))
                .toList();
    }
}
