package dev.rebound.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rebound.check.Finding.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be found out without a broker: mostly that there is none. */
class ConfigCheckTest {

    @TempDir
    private Path directory;

    private final Map<String, String> keys = new HashMap<>();

    @BeforeEach
    void fill() throws IOException {
        keys.put("bootstrap.servers", "127.0.0.1:" + refusedPort());
        keys.put("schema.registry.url", "http://127.0.0.1:" + refusedPort());
        keys.put("state.dir", directory.resolve("state").toString());
        keys.put("rebound.http.port", "0");
    }

    private static int refusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<Finding> check() throws InterruptedException {
        return ConfigCheck.run(keys);
    }

    private static Finding only(List<Finding> findings, String check) {
        List<Finding> found = findings.stream()
                .filter(finding -> finding.check().startsWith(check))
                .toList();
        assertThat(found).as("%s in %s", check, findings).hasSize(1);
        return found.get(0);
    }

    @Test
    void aPortWhereNobodyListensIsNamedAndWhatDependsOnItIsSkipped() throws Exception {
        List<Finding> findings = check();

        assertThat(only(findings, "broker ")).satisfies(finding -> {
            assertThat(finding.result()).isEqualTo(Result.FAILED);
            assertThat(finding.finding()).contains("refused");
            assertThat(finding.remedy()).contains("bootstrap.servers");
        });
        assertThat(only(findings, "registry ").remedy()).contains("schema.registry.url");
        assertThat(findings)
                .filteredOn(finding -> finding.result() == Result.SKIPPED)
                .extracting(Finding::check, Finding::finding)
                .contains(
                        tuple("topics", "no broker answers"),
                        tuple("permissions", "no broker answers"),
                        tuple("schemas", "no registry can be reached"));
        assertThat(only(findings, "state directory").result()).isEqualTo(Result.OK);
        assertThat(only(findings, "HTTP").result()).isEqualTo(Result.OK);
    }

    @Test
    void keysThatContradictEachOtherAreAFaultOfTheConfiguration() throws Exception {
        keys.put("rebound.http.token", "short");

        Finding failure = only(check(), "configuration");

        assertThat(failure.finding()).contains("rebound.http.token holds no usable token");
        assertThat(failure.remedy()).contains("correct the key");
    }

    @Test
    void aPolicyThatCannotBeUsedIsAFaultOfTheConfiguration() throws Exception {
        keys.put("rebound.suppression.policy", "defualt");

        assertThat(only(check(), "configuration").finding())
                .contains("rebound.suppression.policy: defualt", "did you mean default?");
    }

    @ParameterizedTest
    @CsvSource({
        "producer.linger.ms, abc",
        "linger.ms, abc",
        "consumer.fetch.max.bytes, -1",
        "main.consumer.max.poll.records, none",
        "restore.consumer.fetch.max.bytes, -1",
        "global.consumer.fetch.max.bytes, -1",
        "admin.retries, -1",
        "commit.interval.ms, soon"
    })
    void aValueThatAClientCannotUseIsAFaultOfTheConfiguration(String key, String value) throws Exception {
        keys.put(key, value);

        assertThat(only(check(), "configuration").finding())
                .contains(value, key.replaceAll("^(producer|(main|restore|global)?\\.?consumer|admin)\\.", ""));
    }

    @Test
    void aNameThatNobodyKnowsIsNamed() throws Exception {
        keys.put("bootstrap.servers", "no-such-host.invalid:9092");
        keys.put("schema.registry.url", "https://no-such-host.invalid");

        List<Finding> findings = check();

        assertThat(only(findings, "broker ").finding()).contains("unknown host", "no-such-host.invalid");
        assertThat(only(findings, "registry ").finding()).contains("unknown host");
    }

    @Test
    @Timeout(20)
    void somebodyWhoListensAndNeverAnswersIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            keys.put("bootstrap.servers", address + ",no-such-host.invalid:1,127.0.0.1:" + refusedPort());
            keys.put("schema.registry.url", "http://" + address);

            List<Finding> findings = check();

            assertThat(only(findings, "broker " + address)).satisfies(finding -> {
                assertThat(finding.finding()).contains("accepts connections and does not answer");
                assertThat(finding.remedy()).contains("security.protocol");
            });
            assertThat(only(findings, "registry").finding()).contains("accepts connections and does not answer");
            assertThat(only(findings, "schemas").result()).isEqualTo(Result.SKIPPED);
        }
    }

    @Test
    @Timeout(20)
    void aQuestionThatNeverComesBackEndsWithTheTimeOfAll() throws Exception {
        try (Answers answers = new Answers(Duration.ofMillis(200))) {
            var never = answers.ask(() -> {
                new CountDownLatch(1).await();
                return null;
            });
            assertThatThrownBy(() -> answers.inTime(never)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void anAddressWithoutAPortIsNamed() throws Exception {
        keys.put("bootstrap.servers", "broker");
        keys.put("schema.registry.url", "registry:8081");

        List<Finding> findings = check();

        assertThat(only(findings, "broker ").finding()).isEqualTo("broker is no address (expected: host:port)");
        assertThat(only(findings, "registry ").finding()).contains("expected: http://host:port");
    }

    @Test
    void valuesThatKafkaRefusesAreNamed() throws Exception {
        keys.put("security.protocol", "SASL_SLS");

        assertThat(check().get(0)).satisfies(finding -> {
            assertThat(finding.result()).isEqualTo(Result.FAILED);
            assertThat(finding.finding()).contains("security.protocol");
        });
    }

    @Test
    void secretsAreNotShownEvenWhenTheyAreWhatIsWrong() throws Exception {
        keys.put("bootstrap.servers", "127.0.0.1:" + refusedPort());
        keys.put("security.protocol", "SASL_PLAINTEXT");
        keys.put("sasl.mechanism", "PLAIN");
        keys.put("sasl.jaas.config", "PlainLoginModule required username=me password=forgotten quotes;");
        keys.put("schema.registry.url", "http://me:s3cret@127.0.0.1:" + refusedPort());
        try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            keys.put("bootstrap.servers", "127.0.0.1:" + open.getLocalPort());

            List<Finding> findings = check();

            assertThat(findings.toString()).doesNotContain("s3cret", "forgotten", "quotes");
            assertThat(only(findings, "broker ")).satisfies(finding -> {
                assertThat(finding.finding()).contains("sasl.jaas.config cannot be used");
                assertThat(finding.remedy()).contains("password=\"...\"");
            });
        }
    }

    @Test
    void storesThatCannotBeReadAreNamedWithTheirKeys() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            keys.put("bootstrap.servers", "127.0.0.1:" + open.getLocalPort());
            keys.put("schema.registry.url", "https://127.0.0.1:" + open.getLocalPort());
            for (String prefix : List.of("", "schema.registry.")) {
                keys.put(prefix + "ssl.truststore.location", "/nowhere/authorities.p12");
                keys.put(prefix + "ssl.truststore.password", "changeit");
            }
            keys.put("security.protocol", "SSL");

            List<Finding> findings = check();

            assertThat(only(findings, "broker ")).satisfies(finding -> {
                assertThat(finding.finding()).contains("/nowhere/authorities.p12");
                assertThat(finding.remedy()).contains("ssl.truststore");
            });
            assertThat(only(findings, "registry ")).satisfies(finding -> {
                assertThat(finding.finding()).contains("/nowhere/authorities.p12");
                assertThat(finding.remedy()).contains("schema.registry.ssl.truststore");
            });
        }
    }

    @Test
    void aPortThatIsTakenAndAStatePathThatIsAFileAreNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            keys.put("rebound.http.port", Integer.toString(taken.getLocalPort()));
            keys.put(
                    "state.dir",
                    Files.writeString(directory.resolve("file"), "").toString());

            List<Finding> findings = check();

            assertThat(only(findings, "HTTP").remedy()).contains("rebound.http.port");
            assertThat(only(findings, "state directory").remedy()).contains("state.dir");
        }
    }
}
