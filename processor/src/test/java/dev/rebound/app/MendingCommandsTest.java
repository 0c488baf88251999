package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.config.ReboundConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user copies from a message has to mend what the message is about. */
class MendingCommandsTest {

    private final Map<String, String> keys = new HashMap<>(Map.of(
            "bootstrap.servers", "broker:9092",
            "schema.registry.url", "http://registry:8081"));

    private String createTopics() {
        return new MendingCommands(new ReboundConfig(keys)).createTopics();
    }

    @Test
    void twoAddressesAreNamedWhereTheySayAll() {
        keys.put("state.dir", "/var/lib/rebound");
        keys.put("schema.registry.http.read.timeout.ms", "1000");

        assertThat(createTopics())
                .isEqualTo(
                        "rebound topics create --bootstrap-server broker:9092 --schema-registry http://registry:8081");
    }

    @ParameterizedTest
    @CsvSource({
        "rebound.topics.prefix, acme.",
        "rebound.topics.partitions, 12",
        "rebound.topics.replication.factor, 3",
        "security.protocol, SSL",
        "basic.auth.user.info, rebound:secret",
        "schema.registry.ssl.truststore.location, /etc/rebound/authorities.p12",
        "schema.registry.url, http://rebound:secret@registry:8081"
    })
    void whatElseTheTopicsDependOnIsInTheFile(String key, String value) {
        keys.put(key, value);

        assertThat(createTopics()).isEqualTo("rebound topics create --config FILE");
    }
}
