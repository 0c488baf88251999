package dev.rebound.local;

import dev.rebound.docs.ConfigurationPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that asks for SCRAM over TLS or for a client certificate and has an authorizer, and a registry that asks for
 * basic authentication over TLS. Tests come in by an open listener as the super user.
 */
final class SecuredCluster implements AutoCloseable {

    static final String USER = "rebound";
    static final String PASSWORD = "br0ker-s3cret";
    static final String STRANGER = "stranger";
    static final String REGISTRY_PASSWORD = "r3gistry-s3cret";

    /** What must never be seen anywhere. */
    static final Set<String> SECRETS = Set.of(PASSWORD, REGISTRY_PASSWORD, Certificates.PASSWORD);

    final Certificates certificates;
    private final Path directory;
    private final EmbeddedBroker broker;
    private final GuardedRegistry registry;
    private final String registryPath;
    private final int saslPort = ServicePort.free();
    private final int certifiedPort = ServicePort.free();

    SecuredCluster(RunningStack stack, Path directory) throws Exception {
        this.directory = directory;
        this.certificates = new Certificates(Files.createDirectory(directory.resolve("certificates")));
        this.broker = EmbeddedBroker.start(
                Files.createDirectory(directory.resolve("broker")), ServicePort.free(), extras(), problem -> {});
        URI url = URI.create(stack.schemaRegistryUrl());
        this.registry = new GuardedRegistry(
                url.getScheme() + "://" + url.getAuthority(), certificates, USER, REGISTRY_PASSWORD);
        this.registryPath = url.getPath();
    }

    private BrokerExtras extras() {
        Map<String, String> settings = new HashMap<>();
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.sasl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("ssl.keystore.location", certificates.server().toString());
        settings.put("ssl.keystore.password", Certificates.PASSWORD);
        settings.put("ssl.key.password", Certificates.PASSWORD);
        settings.put("ssl.truststore.location", certificates.clients().toString());
        settings.put("ssl.truststore.password", Certificates.PASSWORD);
        settings.put("listener.name.certified.ssl.client.auth", "required");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        return new BrokerExtras(
                Map.of(
                        "SASL", new BrokerExtras.Listener(saslPort, "SASL_SSL"),
                        "CERTIFIED", new BrokerExtras.Listener(certifiedPort, "SSL")),
                settings,
                List.of(scram(USER), scram(STRANGER)));
    }

    private static String scram(String user) {
        return "SCRAM-SHA-512=[name=" + user + ",password=" + PASSWORD + "]";
    }

    /** The listener without encryption and credentials. */
    String openBootstrap() {
        return broker.bootstrapServers();
    }

    String saslBootstrap() {
        return "localhost:" + saslPort;
    }

    String registryUrl() {
        return registry.url() + registryPath;
    }

    /** The documented example for SASL over TLS, with this cluster's values. */
    Map<String, String> saslExample() throws IOException {
        Map<String, String> keys = example("sasl-tls.properties");
        keys.put("bootstrap.servers", saslBootstrap());
        keys.compute("sasl.jaas.config", (key, jaas) -> jaas.replace("PASSWORD", PASSWORD));
        return keys;
    }

    /** The documented example for client certificates, with this cluster's values. */
    Map<String, String> certificateExample() throws IOException {
        Map<String, String> keys = example("client-certificate.properties");
        keys.put("bootstrap.servers", "localhost:" + certifiedPort);
        keys.put("ssl.keystore.location", certificates.client().toString());
        return keys;
    }

    private Map<String, String> example(String name) throws IOException {
        Properties documented = new Properties();
        try (InputStream file = ConfigurationPage.class.getResourceAsStream(name)) {
            documented.load(file);
        }
        Map<String, String> keys = new TreeMap<>();
        documented.stringPropertyNames().forEach(key -> {
            String value = documented.getProperty(key);
            keys.put(key, value.equals("PASSWORD") ? Certificates.PASSWORD : value);
        });
        keys.put("ssl.truststore.location", certificates.authorities().toString());
        keys.put(
                "schema.registry.ssl.truststore.location",
                certificates.authorities().toString());
        keys.put("schema.registry.url", registryUrl());
        keys.compute("basic.auth.user.info", (key, value) -> value.replace("PASSWORD", REGISTRY_PASSWORD));
        return keys;
    }

    /** What every test of its own needs so as not to meet another: id, prefix, state. */
    Map<String, String> own(Map<String, String> keys, String name) {
        Map<String, String> own = new TreeMap<>(keys);
        own.putAll(Map.of(
                "application.id",
                name,
                "state.dir",
                directory.resolve(name).toString(),
                "commit.interval.ms",
                "100",
                "rebound.topics.prefix",
                name + ".",
                "rebound.topics.partitions",
                "2",
                "rebound.stats.flush.ms",
                "100",
                "rebound.stats.roll.up.ms",
                "100",
                "rebound.http.port",
                "0"));
        return own;
    }

    /** Everything that the configuration page says the users of {@code run}, {@code ingest} and {@code codes} need. */
    void allow(String principal, String name) throws Exception {
        Map<String, List<AclOperation>> topics = Map.of(
                name + ".delivery-events",
                List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS),
                name + ".status-codes",
                List.of(AclOperation.READ),
                name + ".suppression-commands",
                List.of(AclOperation.READ),
                name + ".suppressions",
                List.of(AclOperation.READ));
        List<AclBinding> acls = new ArrayList<>();
        topics.forEach((topic, operations) -> operations.forEach(
                operation -> acls.add(acl(principal, ResourceType.TOPIC, topic, PatternType.LITERAL, operation))));
        for (AclOperation operation : List.of(AclOperation.CREATE, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS)) {
            acls.add(acl(principal, ResourceType.TOPIC, name + ".", PatternType.PREFIXED, operation));
        }
        for (AclOperation operation : List.of(
                AclOperation.CREATE,
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DELETE,
                AclOperation.DESCRIBE_CONFIGS)) {
            acls.add(acl(principal, ResourceType.TOPIC, name + "-", PatternType.PREFIXED, operation));
        }
        acls.add(acl(principal, ResourceType.GROUP, name, PatternType.LITERAL, AclOperation.READ));
        acls.add(acl(principal, ResourceType.TRANSACTIONAL_ID, name, PatternType.PREFIXED, AclOperation.WRITE));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", openBootstrap()))) {
            admin.createAcls(acls).all().get();
        }
    }

    /** Takes back what a user may do. */
    void forbid(String principal, ResourceType type, String name, AclOperation operation) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", openBootstrap()))) {
            AclBinding literal = acl(principal, type, name, PatternType.LITERAL, operation);
            AclBinding prefixed = acl(principal, type, name, PatternType.PREFIXED, operation);
            admin.deleteAcls(List.of(literal.toFilter(), prefixed.toFilter()))
                    .all()
                    .get();
        }
    }

    private static AclBinding acl(
            String principal, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** Writes a configuration file. */
    Path file(Map<String, String> keys) throws IOException {
        Properties properties = new Properties();
        properties.putAll(keys);
        Path file = Files.createTempFile(directory, "rebound", ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
