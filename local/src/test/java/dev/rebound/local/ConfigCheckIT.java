package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.check.ConfigCheck;
import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import dev.rebound.local.ReboundProcess.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One thing is wrong on a secured cluster where all else is right, and the check names it with its remedy. */
@ExtendWith(LocalStackExtension.class)
class ConfigCheckIT {

    @TempDir
    private static Path shared;

    private static SecuredCluster cluster;
    private static String name;

    @TempDir
    private Path directory;

    private Map<String, String> keys;

    @BeforeAll
    static void start(RunningStack stack) throws Exception {
        cluster = new SecuredCluster(stack, shared);
        name = stack.newName("checked");
        cluster.allow(SecuredCluster.USER, name);
        Path file = cluster.file(cluster.own(cluster.saslExample(), name));
        Ended created = ReboundProcess.run(shared, "topics", "create", "--config", file.toString());
        assertThat(created.exitCode()).as("%s", created).isZero();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void allIsRight() throws Exception {
        keys = cluster.own(cluster.saslExample(), name);
    }

    private List<Finding> check() throws Exception {
        List<Finding> findings = ConfigCheck.run(keys);
        assertThat(findings.toString()).doesNotContain(SecuredCluster.SECRETS);
        return findings;
    }

    private static Finding onlyFailure(List<Finding> findings) {
        return assertThat(findings)
                .filteredOn(finding -> finding.result() == Result.FAILED)
                .singleElement()
                .actual();
    }

    @Test
    void everythingInOrderIsSaidOfEachCheck() throws Exception {
        assertThat(check())
                .filteredOn(finding -> finding.result() == Result.OK)
                .extracting(finding -> finding.check().replaceFirst(" .*", ""))
                .contains(
                        "configuration",
                        "broker",
                        "Kafka",
                        "advertised",
                        "consumer",
                        "transactions",
                        "topics",
                        "permissions",
                        "internal",
                        "registry",
                        "schemas",
                        "state",
                        "HTTP");
        assertThat(check())
                .noneMatch(finding -> Set.of(Result.FAILED, Result.SKIPPED).contains(finding.result()));
    }

    @Test
    void aWrongPasswordIsCalledThat() throws Exception {
        keys.compute("sasl.jaas.config", (key, jaas) -> jaas.replace(SecuredCluster.PASSWORD, "wr0ng-s3cret"));
        String file = cluster.file(keys).toString();

        Ended ended = ReboundProcess.run(directory, "config", "check", "--config", file);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("FAILED +broker localhost:\\d+ +wrong user or password")
                .contains("-> correct username and password in sasl.jaas.config")
                .contains("SKIPPED  permissions", "SKIPPED  topics")
                .doesNotContain("wr0ng-s3cret")
                .doesNotContain(SecuredCluster.SECRETS);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.took()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aMechanismThatTheBrokerDoesNotHaveIsNamed() throws Exception {
        keys.put("sasl.mechanism", "PLAIN");
        keys.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\""
                        + SecuredCluster.PASSWORD + "\";");

        Finding failure = onlyFailure(check());

        assertThat(failure.finding()).contains("does not offer this SASL mechanism", "SCRAM-SHA-512");
        assertThat(failure.remedy()).contains("set sasl.mechanism");
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamedForBrokerAndRegistry() throws Exception {
        keys.put(
                "ssl.truststore.location",
                cluster.certificates.otherAuthorities().toString());
        Finding broker = onlyFailure(check());
        assertThat(broker.finding()).contains("certificate is not trusted");
        assertThat(broker.remedy()).contains("ssl.truststore.location");

        allIsRight();
        keys.put(
                "schema.registry.ssl.truststore.location",
                cluster.certificates.otherAuthorities().toString());
        Finding registry = onlyFailure(check());
        assertThat(registry.check()).isEqualTo("registry " + cluster.registryUrl());
        assertThat(registry.finding()).contains("certificate is not trusted");
        assertThat(registry.remedy()).contains("schema.registry.ssl.truststore.location");
    }

    @Test
    void theKeysForTheBrokersTrustAreNotTheRegistrys() throws Exception {
        keys.remove("schema.registry.ssl.truststore.location");
        keys.remove("schema.registry.ssl.truststore.password");

        assertThat(onlyFailure(check()).remedy()).contains("schema.registry.ssl.truststore.location");
    }

    @Test
    void aMissingClientCertificateIsNamed() throws Exception {
        keys = cluster.own(cluster.certificateExample(), name);
        keys.keySet().removeIf(key -> key.startsWith("ssl.key"));

        Finding failure = onlyFailure(check());

        assertThat(failure.finding()).contains("ends the TLS handshake");
        assertThat(failure.remedy()).contains("ssl.keystore.location");
    }

    @Test
    void tlsOnOneSideOnlyIsNamed() throws Exception {
        keys.put("security.protocol", "SASL_PLAINTEXT");
        Finding withoutTls = onlyFailure(check());
        assertThat(withoutTls.finding()).isEqualTo("the port speaks TLS and security.protocol is SASL_PLAINTEXT");
        assertThat(withoutTls.remedy()).contains("SASL_SSL");

        allIsRight();
        keys.put("bootstrap.servers", cluster.openBootstrap());
        Finding withTls = onlyFailure(check());
        assertThat(withTls.remedy()).contains("PLAINTEXT");
    }

    @Test
    void aWrongRegistryPasswordIsCalledThat() throws Exception {
        keys.put("basic.auth.user.info", SecuredCluster.USER + ":wr0ng-s3cret");

        List<Finding> findings = check();

        assertThat(onlyFailure(findings)).satisfies(failure -> {
            assertThat(failure.finding()).isEqualTo("wrong user or password, or none (HTTP 401)");
            assertThat(failure.remedy()).contains("basic.auth.user.info");
        });
        assertThat(findings.toString()).doesNotContain("wr0ng-s3cret");
    }

    @Test
    void aPathWithoutConfluentsInterfaceIsNamed() throws Exception {
        keys.compute("schema.registry.url", (key, url) -> url.replace("/ccompat/v7", "/nothing"));

        assertThat(onlyFailure(check()).remedy()).contains("path in schema.registry.url");
    }

    @Test
    void missingTopicsAndSchemasAreNamedWithTheCommandThatMakesThem() throws Exception {
        keys.put("rebound.topics.prefix", name + ".other.");

        List<Finding> findings = check();

        assertThat(findings)
                .filteredOn(finding -> finding.result() == Result.FAILED)
                .extracting(Finding::check)
                .contains("topics", "schemas");
        assertThat(findings)
                .filteredOn(finding -> finding.check().equals("schemas"))
                .allSatisfy(finding -> assertThat(finding.remedy()).startsWith("rebound topics create --config"));
    }

    @Test
    void aMissingPermissionIsNamedWithTheCommandThatAddsIt(RunningStack stack) throws Exception {
        String limited = stack.newName("limited");
        keys = cluster.own(cluster.saslExample(), limited);
        keys.put("rebound.topics.prefix", name + ".");
        cluster.allow(SecuredCluster.USER, limited);
        cluster.forbid(SecuredCluster.USER, ResourceType.GROUP, limited, AclOperation.READ);
        Finding group = onlyFailure(check());
        assertThat(group.check()).isEqualTo("consumer group " + limited);
        assertThat(group.remedy())
                .isEqualTo("kafka-acls --bootstrap-server " + cluster.saslBootstrap()
                        + " --command-config FILE --add --allow-principal User:rebound --operation Read --group "
                        + limited);

        cluster.allow(SecuredCluster.USER, limited);
        cluster.forbid(SecuredCluster.USER, ResourceType.TRANSACTIONAL_ID, limited, AclOperation.WRITE);
        assertThat(onlyFailure(check()).remedy())
                .endsWith("--operation Write --transactional-id " + limited + " --resource-pattern-type prefixed");

        cluster.allow(SecuredCluster.USER, limited);
        cluster.forbid(SecuredCluster.USER, ResourceType.TOPIC, limited + "-", AclOperation.CREATE);
        assertThat(onlyFailure(check()).remedy())
                .endsWith("--operation Create --topic " + limited + " --resource-pattern-type prefixed");
    }

    @Test
    void aUserWhoMayDoNothingIsToldEverythingThatIsMissing() throws Exception {
        keys.compute(
                "sasl.jaas.config",
                (key, jaas) -> jaas.replace("username=\"rebound\"", "username=\"" + SecuredCluster.STRANGER + "\""));

        assertThat(check())
                .filteredOn(finding -> finding.result() == Result.FAILED)
                .extracting(Finding::finding)
                .contains(
                        "not allowed: READ on topic " + name + ".delivery-events topic " + name + ".status-codes topic "
                                + name + ".suppression-commands topic " + name + ".suppressions",
                        "not allowed: READ on group " + name)
                .anyMatch(finding -> finding.startsWith("not allowed: WRITE on topic " + name + ".status-codes"))
                .anyMatch(finding -> finding.startsWith("not allowed: WRITE on transactional-id"))
                .anyMatch(finding -> finding.startsWith("not allowed: CREATE on topic"));
    }

    @Test
    void topicsCheckTellsWhatBreaksFromWhatIsChosen() throws Exception {
        alter("retention.ms", "1000", name + ".deferrals");
        alter("cleanup.policy", "delete", name + ".domain-stats");
        try {
            Ended ended = ReboundProcess.run(
                    directory, "topics", "check", "--config", cluster.file(keys).toString());

            assertThat(ended.exitCode()).isEqualTo(5);
            assertThat(ended.out())
                    .contains("FAILED   topics  topic " + name
                            + ".domain-stats has cleanup.policy=delete (expected: compact,delete)")
                    .contains("--alter --topic " + name + ".domain-stats --add-config cleanup.policy=[compact,delete]")
                    .contains("NOTED    topics  topic " + name + ".deferrals has retention.ms=1000")
                    .contains("14 topics", "has one replica");
        } finally {
            alter("retention.ms", "604800000", name + ".deferrals");
            alter("cleanup.policy", "compact,delete", name + ".domain-stats");
        }
    }

    private static void alter(String setting, String value, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.openBootstrap()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        }
    }

    @Test
    void brokersWithoutAnAuthorizerAreSaidToHaveNone(RunningStack stack) throws Exception {
        Map<String, String> open = new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.schemaRegistryUrl(),
                "rebound.http.port",
                "0",
                "rebound.topics.prefix",
                stack.newName("open") + "."));

        assertThat(ConfigCheck.run(open))
                .filteredOn(finding -> finding.check().equals("permissions"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.finding()).contains("no authorizer"));
    }
}
