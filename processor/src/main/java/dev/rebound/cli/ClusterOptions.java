package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ConfigSources;
import dev.rebound.config.ReboundConfig;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppressions.FeedReader;
import dev.rebound.suppressions.StandIns;
import dev.rebound.suppressions.SuppressionChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Which cluster a command talks to: a configuration file, single addresses, or the local stack. */
final class ClusterOptions {

    private static final String LOCAL_BROKER = "127.0.0.1:19092";
    private static final String LOCAL_REGISTRY = "http://127.0.0.1:18081/apis/ccompat/v7";

    private static final Path LOCAL_ERASE_KEY = Path.of("rebound-data", "erase-key");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties file with Kafka's, Confluent's and Rebound's keys, - for standard input; environment variables that start"
                            + " with " + ConfigSources.ENVIRONMENT_PREFIX + " override it.")
    private Path file;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description =
                    "Kafka brokers. Default: those of the configuration, else the local stack (" + LOCAL_BROKER + ").")
    private String bootstrapServer;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Schema registry. Default: that of the configuration, else the local stack's.")
    private String schemaRegistry;

    /** One of these options names a cluster; else it is the local stack, or what the environment says. */
    boolean isNamed() {
        return file != null || bootstrapServer != null || schemaRegistry != null;
    }

    /** The keys that these options name, whatever they are worth. */
    Map<String, String> keys() {
        Map<String, String> keys = ConfigSources.read(file, System.getenv());
        if (bootstrapServer != null) {
            keys.put(ReboundConfig.BOOTSTRAP_SERVERS, bootstrapServer);
        }
        if (schemaRegistry != null) {
            keys.put(ReboundConfig.SCHEMA_REGISTRY_URL, schemaRegistry);
        }
        if (file == null
                && !keys.containsKey(ReboundConfig.BOOTSTRAP_SERVERS)
                && !keys.containsKey(ReboundConfig.SCHEMA_REGISTRY_URL)) {
            keys.put(ReboundConfig.BOOTSTRAP_SERVERS, LOCAL_BROKER);
            keys.put(ReboundConfig.SCHEMA_REGISTRY_URL, LOCAL_REGISTRY);
            localEraseKey().ifPresent(key -> keys.putIfAbsent(ReboundConfig.ERASE_KEY, key));
        }
        return keys;
    }

    /** The key that {@code rebound local}, started in this directory, has made. */
    private static Optional<String> localEraseKey() {
        try {
            return Optional.of(Files.readString(LOCAL_ERASE_KEY).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The configuration that these options name. */
    ReboundConfig config() {
        Map<String, String> keys = keys();
        boolean broker = keys.containsKey(ReboundConfig.BOOTSTRAP_SERVERS);
        boolean registry = keys.containsKey(ReboundConfig.SCHEMA_REGISTRY_URL);
        if (broker != registry) {
            // Half of one cluster and half of another would write schema ids that mean something else there.
            throw new ConfigException("broker and schema registry belong together: "
                    + (broker ? "--schema-registry" : "--bootstrap-server") + " is missing, or the key "
                    + (broker ? ReboundConfig.SCHEMA_REGISTRY_URL : ReboundConfig.BOOTSTRAP_SERVERS));
        }
        return new ReboundConfig(keys);
    }

    /** Does work on the topic of the code table, over connections that are closed afterwards. */
    <T> T withCodes(Function<CodesTopic, T> work) {
        ReboundConfig config = config();
        try (Connections connections = new Connections(config, PATIENCE)) {
            return work.apply(new CodesTopic(config, connections.writerSchemas(), connections.schemas()));
        }
    }

    /** Work that changes suppressions. */
    @FunctionalInterface
    interface ChangingSuppressions<T> {
        T by(SuppressionChanges changes) throws IOException, InvalidImportException;
    }

    /**
     * Changes suppressions, over connections that are closed afterwards.
     *
     * @throws dev.rebound.app.TopicsException when the topics are missing
     */
    <T> T withSuppressions(ChangingSuppressions<T> work) throws IOException, InvalidImportException {
        ReboundConfig config = config();
        new TopicAdmin(config)
                .require(List.of(config.topics().suppressions(), config.topics().suppressionCommands()));
        try (Connections connections = new Connections(config, PATIENCE);
                SuppressionChanges changes =
                        SuppressionChanges.of(config, connections.writerSchemas(), connections.schemas())) {
            return work.by(changes);
        }
    }

    /** Addresses were erased from the list, and without a key they cannot be recognised. */
    boolean isBlindToErased(SuppressionList list) {
        ReboundConfig config = config();
        if (config.erasure().isPresent()) {
            return false;
        }
        try (Connections connections = new Connections(config, PATIENCE)) {
            return StandIns.areOn(list, new FeedReader(config, connections.writerSchemas(), connections.schemas()));
        }
    }
}
