package dev.rebound.app;

import dev.rebound.serde.AvroSerde;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.topology.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A registry in memory with every schema registered. */
public final class SchemasForTests {

    private final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
    private final WriterSchemas writerSchemas = new WriterSchemas(client, Duration.ZERO);
    private final Schemas schemas = new Schemas(client, "mock://");

    public SchemasForTests(Topics topics) {
        topics.all().stream()
                .filter(topic -> topic.valueSchema() != null)
                .forEach(topic -> schemas.register(topic.name(), topic.valueSchema()));
    }

    public MockSchemaRegistryClient client() {
        return client;
    }

    public WriterSchemas writerSchemas() {
        return writerSchemas;
    }

    public Schemas schemas() {
        return schemas;
    }

    public <T extends SpecificRecord> AvroSerde<T> serde(Topics.Spec topic, Schema schema) {
        return new AvroSerde<>(writerSchemas, schema, schemas.id(topic.name(), schema));
    }
}
