package dev.rebound.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOwnersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers",
                "security.protocol",
                "ssl.keystore.location",
                "sasl.jaas.config",
                "num.stream.threads",
                "state.dir",
                "linger.ms",
                "main.consumer.max.poll.records",
                "consumer.fetch.max.bytes",
                "global.consumer.receive.buffer.bytes",
                "restore.consumer.max.poll.records",
                "producer.linger.ms",
                "admin.retries",
                "topic.segment.bytes",
                "schema.registry.url",
                "schema.registry.ssl.truststore.location",
                "schema.registry.basic.auth.user.info",
                "basic.auth.credentials.source",
                "bearer.auth.token",
                "rebound.http.port"
            })
    void keysThatMeanSomethingAreKnown(String key) {
        assertThat(KeyOwners.isKnown(key)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.server, bootstrap.servers",
        "securty.protocol, security.protocol",
        "sasl.jaas.conf, sasl.jaas.config",
        "num.stream.thread, num.stream.threads",
        "basic.auth.userinfo, basic.auth.user.info",
        "schema.registry.ulr, schema.registry.url",
        "schema.registry.ssl.trustore.location, schema.registry.ssl.truststore.location",
        "main.consumer.max.poll.record, main.consumer.max.poll.records",
        "producer.lingr.ms, producer.linger.ms",
        "rebound.http.prot, rebound.http.port"
    })
    void aMisspeltKeyNamesTheOneThatWasMeant(String key, String nearest) {
        assertThat(KeyOwners.isKnown(key)).isFalse();
        assertThat(KeyOwners.nearest(key)).isEqualTo(nearest);
    }
}
