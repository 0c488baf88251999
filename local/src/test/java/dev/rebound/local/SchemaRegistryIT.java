package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Rebound asks of a registry, through Confluent's own client. */
@ExtendWith(LocalStackExtension.class)
class SchemaRegistryIT {

    private static final String FIRST = "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"it\","
            + "\"fields\":[{\"name\":\"reply\",\"type\":\"string\"}]}";
    private static final String WITHOUT_DEFAULT = "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"it\","
            + "\"fields\":[{\"name\":\"reply\",\"type\":\"string\"},{\"name\":\"code\",\"type\":\"string\"}]}";

    @Test
    void aRegisteredSchemaIsFoundByItsId(RunningStack stack) throws Exception {
        String subject = stack.newName("subject");
        AvroSchema schema = schema(FIRST, subject);

        int id = client(stack).register(subject, schema);

        assertThat(client(stack).getSchemaById(id)).isEqualTo(schema);
        assertThat(client(stack).register(subject, schema))
                .as("registered again")
                .isEqualTo(id);
        assertThat(client(stack).getLatestSchemaMetadata(subject).getId()).isEqualTo(id);
    }

    @Test
    void anUnknownIdIsNotFound(RunningStack stack) {
        assertThatThrownBy(() -> client(stack).getSchemaById(999_999_999))
                .asInstanceOf(InstanceOfAssertFactories.type(RestClientException.class))
                .returns(404, RestClientException::getStatus)
                .returns(40_403, RestClientException::getErrorCode);
    }

    @Test
    void aChangeThatBreaksReadersIsRefused(RunningStack stack) throws Exception {
        String subject = stack.newName("subject");
        SchemaRegistryClient client = client(stack);
        client.register(subject, schema(FIRST, subject));
        client.updateCompatibility(subject, "FULL_TRANSITIVE");

        assertThatThrownBy(() -> client.register(subject, schema(WITHOUT_DEFAULT, subject)))
                .asInstanceOf(InstanceOfAssertFactories.type(RestClientException.class))
                .returns(409, RestClientException::getStatus);
    }

    private static AvroSchema schema(String json, String subject) {
        return new AvroSchema(String.format(json, subject.replace('-', '_')));
    }

    /** A new client each time, so that no answer comes from its cache. */
    private static SchemaRegistryClient client(RunningStack stack) {
        return new CachedSchemaRegistryClient(stack.schemaRegistryUrl(), 10);
    }
}
