package dev.rebound.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/** Puts a configuration together: a properties file, overridden by environment variables. */
public final class ConfigSources {

    /**
     * Environment variables that start so are keys: upper case, with {@code _} for a dot, {@code __} for {@code _} and
     * {@code ___} for a hyphen.
     */
    public static final String ENVIRONMENT_PREFIX = "REBOUND_CONF_";

    private static final String STANDARD_INPUT = "-";

    private ConfigSources() {}

    /**
     * Reads a configuration.
     *
     * @param file a Java properties file, {@code -} for standard input; null for none
     * @param environment the process's environment
     * @throws ConfigException when the file cannot be read
     */
    public static Map<String, String> read(Path file, Map<String, String> environment) {
        Map<String, String> keys = new TreeMap<>();
        if (file != null) {
            keys.putAll(properties(file));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                keys.put(key(name.substring(ENVIRONMENT_PREFIX.length())), value);
            }
        });
        return keys;
    }

    /** Confluent's images write keys in the same way. */
    private static String key(String variable) {
        return variable.toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    private static Reader reader(Path file) throws IOException {
        return file.toString().equals(STANDARD_INPUT)
                ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                : Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = reader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read configuration file " + file + ": " + e);
        }
        Map<String, String> keys = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> keys.put(name, properties.getProperty(name).strip()));
        return keys;
    }
}
