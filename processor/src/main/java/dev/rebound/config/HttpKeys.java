package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.HttpSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Keys of the HTTP server. */
final class HttpKeys {

    private static final String TOKEN = "rebound.http.token";
    private static final String KEYSTORE_PATH = "rebound.http.tls.keystore.path";
    private static final String KEYSTORE_PASSWORD = "rebound.http.tls.keystore.password";
    private static final String KEYSTORE_TYPE = "rebound.http.tls.keystore.type";
    private static final String MAX_BODY_BYTES = "rebound.http.max.body.bytes";
    private static final String MAX_HEADER_BYTES = "rebound.http.max.header.bytes";
    private static final String MAX_CONNECTIONS = "rebound.http.max.connections";
    private static final String REQUEST_TIMEOUT_MS = "rebound.http.request.timeout.ms";
    private static final String THREADS = "rebound.http.threads";

    /** The wildcard addresses of both versions of IP, as people write them. */
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "0", "::", "[::]", "0:0:0:0:0:0:0:0");

    private HttpKeys() {}

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        ReboundConfig.HTTP_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new NonEmptyString(),
                        MEDIUM,
                        "Address that the HTTP server listens on. Unless it is a loopback address, only health and metrics"
                                + " answer without the token.")
                .define(
                        ReboundConfig.HTTP_PORT,
                        Type.INT,
                        18080,
                        between(0, 65_535),
                        MEDIUM,
                        "Port of the HTTP server; 0 takes a free one.")
                .define(
                        ReboundConfig.HTTP_TOKEN_FILE,
                        Type.STRING,
                        null,
                        MEDIUM,
                        "File with the token that requests must bring (Authorization: Bearer TOKEN): those that change"
                                + " something always, those that read when the server listens on more than loopback. Make one"
                                + " with openssl rand -hex 32.")
                .define(
                        TOKEN,
                        Type.PASSWORD,
                        null,
                        MEDIUM,
                        "The token itself, instead of its file: meant for the environment variable of this key.")
                .define(
                        KEYSTORE_PATH,
                        Type.STRING,
                        null,
                        MEDIUM,
                        "Key store with the server's key and certificates; with it the server speaks HTTPS (TLS 1.2 or newer)."
                                + " PEM files become one with openssl pkcs12 -export. Read at start.")
                .define(
                        KEYSTORE_PASSWORD,
                        Type.PASSWORD,
                        null,
                        MEDIUM,
                        "Password of the key store and of the key in it.")
                .define(
                        KEYSTORE_TYPE,
                        Type.STRING,
                        "PKCS12",
                        ValidString.in("PKCS12", "JKS"),
                        LOW,
                        "Format of the key store.")
                .define(
                        MAX_BODY_BYTES,
                        Type.INT,
                        1_048_576,
                        between(1_024, 67_108_864),
                        LOW,
                        "Largest body of a request, in bytes.")
                .define(
                        MAX_HEADER_BYTES,
                        Type.INT,
                        8_192,
                        between(1_024, 65_536),
                        LOW,
                        "Largest head of a request, its line and headers, in bytes.")
                .define(
                        MAX_CONNECTIONS,
                        Type.INT,
                        200,
                        between(1, 10_000),
                        LOW,
                        "Connections that are open at a time; more wait until one is closed.")
                .define(
                        REQUEST_TIMEOUT_MS,
                        Type.LONG,
                        30_000L,
                        between(100, 600_000),
                        LOW,
                        "After how long a connection on which no request begins or ends is closed, in milliseconds, however"
                                + " busy it is.")
                .define(
                        THREADS,
                        Type.INT,
                        8,
                        between(HttpServer.MIN_THREADS, 256),
                        LOW,
                        "Largest number of threads of the HTTP server.");
    }

    /**
     * The server's settings.
     *
     * @throws ConfigException when keys contradict each other, or the token cannot be read or used
     */
    static HttpSettings settings(AbstractConfig config) {
        return new HttpSettings(
                config.getString(ReboundConfig.HTTP_HOST),
                config.getInt(ReboundConfig.HTTP_PORT),
                token(config),
                tls(config),
                new Limits(
                        config.getInt(MAX_BODY_BYTES),
                        config.getInt(MAX_HEADER_BYTES),
                        config.getInt(MAX_CONNECTIONS),
                        Duration.ofMillis(config.getLong(REQUEST_TIMEOUT_MS)),
                        config.getInt(THREADS)));
    }

    /** Host in addresses of the server, as it stands in front of a port; empty when it listens on all addresses of the machine. */
    static Optional<String> reachedAt(AbstractConfig config) {
        String host = config.getString(ReboundConfig.HTTP_HOST);
        if (ALL_ADDRESSES.contains(host)) {
            return Optional.empty();
        }
        return Optional.of(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host);
    }

    private static Password token(AbstractConfig config) {
        Password token = config.getPassword(TOKEN);
        String file = config.getString(ReboundConfig.HTTP_TOKEN_FILE);
        if (token != null && file != null) {
            throw new ConfigException(TOKEN + " and " + ReboundConfig.HTTP_TOKEN_FILE + " are both set; keep one");
        }
        if (file != null) {
            return usable(ReboundConfig.HTTP_TOKEN_FILE + " " + file, read(file));
        }
        return token == null ? null : usable(TOKEN, token.value());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ConfigException("cannot read " + ReboundConfig.HTTP_TOKEN_FILE + " " + file + ": " + e);
        }
    }

    private static Password usable(String source, String token) {
        if (!HttpSettings.isUsableToken(token)) {
            throw new ConfigException(source + " holds no usable token (expected: " + HttpSettings.USABLE_TOKEN
                    + "); make one with: openssl rand -hex 32");
        }
        return new Password(token);
    }

    private static Tls tls(AbstractConfig config) {
        String path = config.getString(KEYSTORE_PATH);
        Password password = config.getPassword(KEYSTORE_PASSWORD);
        if (path == null) {
            return null;
        }
        if (password == null) {
            throw new ConfigException(KEYSTORE_PATH + " is set and " + KEYSTORE_PASSWORD + " is not; set both");
        }
        return new Tls(Path.of(path), password, config.getString(KEYSTORE_TYPE));
    }
}
