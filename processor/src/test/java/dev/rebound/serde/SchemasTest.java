package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.SchemaRegistryException.Kind;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasTest {

    private static SchemaRegistryException failure(int status, int code) {
        Schemas schemas = new Schemas(
                new MockSchemaRegistryClient() {
                    @Override
                    public int getId(String subject, ParsedSchema schema) throws RestClientException {
                        throw new RestClientException("no", status, code);
                    }
                },
                "http://registry:8081");
        return catchThrowableOfType(
                SchemaRegistryException.class, () -> schemas.id("bounces-hard", DeliveryEvent.getClassSchema()));
    }

    @ParameterizedTest
    @CsvSource({
        "404, 40401, SCHEMA, rebound topics create",
        "404, 40403, SCHEMA, rebound topics create",
        "404, 404, AWAY, check schema.registry.url",
        "503, 503, AWAY, check schema.registry.url",
        "500, 50001, AWAY, check schema.registry.url",
        "401, 401, REFUSES, basic.auth.user.info",
        "403, 40301, REFUSES, basic.auth.user.info"
    })
    void theAnswerSaysWhoCanHelp(int status, int code, Kind kind, String remedy) {
        assertThat(failure(status, code)).hasMessageContaining(remedy).satisfies(e -> assertThat(e.kind())
                .isEqualTo(kind));
    }
}
