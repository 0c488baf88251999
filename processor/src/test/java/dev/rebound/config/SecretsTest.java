package dev.rebound.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.truststore.password | s3cret | s3cret",
                "producer.ssl.key.password | s3cret | s3cret",
                "basic.auth.user.info | me:s3cret | s3cret",
                "basic.auth.user.info | me:s3cret | me:s3cret",
                "schema.registry.basic.auth.user.info | me:s3:cret | s3:cret",
                "bearer.auth.token | s3cret | s3cret",
                "bearer.auth.client.secret | s3cret | s3cret",
                "rebound.verp.key | s3cret | s3cret",
                "schema.registry.url | http://a,https://me:s3cret@b | s3cret",
                "sasl.jaas.config | X required username=\"me\" password=\"s3cret\"; | s3cret",
                "sasl.jaas.config | X required username=\"me\" password=\"s3 cr=et\"; | s3 cr=et",
                "sasl.jaas.config | X required username=me password=s3cret; | s3cret",
                "sasl.jaas.config | X required password=forgotten quotes username=me; | quotes",
                "sasl.jaas.config | X required clientId=me clientSecret='s3cret'; | s3cret",
            })
    void isHiddenWhereverItStands(String key, String value, String secret) {
        assertThat(Secrets.of(Map.of(key, value)).hide("before " + secret + " after"))
                .isEqualTo("before [hidden] after");
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source, USER_INFO",
        "ssl.truststore.location, /etc/authorities.p12",
        "sasl.oauthbearer.token.endpoint.url, https://login",
        "rebound.http.token.file, /run/token",
        "rebound.verp.format, b+{recipient}@bounces.example.com",
        "bootstrap.servers, broker:9092"
    })
    void whatIsNoSecretIsShown(String key, String value) {
        String text = key + " is " + value + " for operator";

        assertThat(Secrets.of(Map.of(key, value)).hide(text)).isEqualTo(text);
    }

    @Test
    void theNameOfTheUserIsNoSecret() {
        Map<String, String> keys = Map.of(
                "sasl.jaas.config", "X required username=\"operator\" password=\"s3cret\";",
                "basic.auth.user.info", "operator:s3cret");

        assertThat(Secrets.of(keys).hide("operator")).isEqualTo("operator");
    }

    @Test
    void oneThatContainsAnotherIsHiddenAsAWhole() {
        Secrets secrets = Secrets.of(Map.of("a.password", "abc", "b.password", "abcdef"));

        assertThat(secrets.hide("abcdef")).isEqualTo("[hidden]");
    }
}
