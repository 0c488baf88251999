package dev.rebound.archive;

import static dev.rebound.archive.AnyRecords.HOUR;
import static dev.rebound.archive.AnyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.app.MendingCommands;
import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTest {

    private static final Instant EARLIEST = Instant.parse("2026-03-01T14:00:00Z");
    private static final Instant NOW = EARLIEST.plus(Duration.ofDays(30));

    private static final Map<String, String> GOOD = Map.of(
            "cleanup.policy", "delete",
            "message.timestamp.type", "CreateTime",
            "retention.ms", "-1",
            "retention.bytes", "-1",
            "message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE),
            "message.timestamp.after.max.ms", "3600000",
            "max.message.bytes", "1384");

    private static List<String> problems(Map<String, String> settings) {
        ArchivedFile file =
                new ArchivedFile("f", 0, 0, 2, 0, 1, 2, EARLIEST, EARLIEST.plusSeconds(5), 1_000, 10, "sha");
        MendingCommands commands = new MendingCommands(new ReboundConfig(
                Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081")));
        return new TargetSettings(List.of(file)).problems("t", settings::get, NOW, commands);
    }

    @Test
    void topicsThatTakeAndKeepEveryRecordAreUsed() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cleanup.policy, 'compact,delete', delete",
        "message.timestamp.type, LogAppendTime, CreateTime",
        "retention.ms, 604800000, -1",
        "retention.bytes, 1000000000, -1",
        "message.timestamp.before.max.ms, 3600000, 9223372036854775807",
        "max.message.bytes, 1383, 1048588"
    })
    void settingsThatWouldChangeOrLoseRecordsAreNamedWithTheirRemedy(String name, String is, String expected) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(name, is);

        assertThat(problems(settings))
                .singleElement()
                .asString()
                .startsWith("topic t has " + name + "=" + is + " (expected: " + expected + ", ")
                .endsWith("; mend it with: kafka-configs --bootstrap-server broker:9092 --alter --topic t --add-config "
                        + name + "=" + expected);
    }

    @Test
    void retentionThatIsLongEnoughIsKept() {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put("retention.ms", Long.toString(Duration.ofDays(31).toMillis()));

        assertThat(problems(settings)).isEmpty();
    }

    @Test
    void aRestoredRecordSaysWhereItWas() {
        ConsumerRecord<byte[], byte[]> archived = record(1, 42, HOUR, (byte) 7);
        archived.headers().add("h", null).add("h", new byte[] {1});

        ProducerRecord<byte[], byte[]> restored = RestoreTopic.restored("t", archived);

        assertThat(restored.topic()).isEqualTo("t");
        assertThat(restored.partition()).isEqualTo(1);
        assertThat(restored.timestamp()).isEqualTo(HOUR);
        assertThat(restored.headers()).extracting(header -> header.key()).containsExactly("h", "h", "rebound.source");
        assertThat(restored.headers().lastHeader("rebound.source").value())
                .asString()
                .isEqualTo("delivery-events/1/42@" + HOUR);
        assertThat(archived.headers()).hasSize(2);
        assertThat(RestoreTopic.restored("u", archivedAgain(restored)).headers())
                .isEqualTo(restored.headers());
    }

    /** What the archive of a restored topic has. */
    private static ConsumerRecord<byte[], byte[]> archivedAgain(ProducerRecord<byte[], byte[]> restored) {
        ConsumerRecord<byte[], byte[]> again = AnyRecords.record(0, 0, HOUR, restored.value());
        restored.headers().forEach(again.headers()::add);
        return again;
    }

    @Test
    void registriesThatDoNotKnowTheSchemasAreRefused() throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        Schema schema = SchemaBuilder.record("R").fields().requiredLong("n").endRecord();
        Schema other = SchemaBuilder.record("R").fields().requiredString("n").endRecord();
        int id = registry.register("s", new AvroSchema(schema));
        RestoreSchemas schemas = new RestoreSchemas(
                new WriterSchemas(registry, Duration.ZERO), new Schemas(registry, "http://registry"));

        assertThatCode(() -> schemas.check(Map.of(id, schema.toString()))).doesNotThrowAnyException();
        assertThatThrownBy(() -> schemas.check(Map.of(id, other.toString(), 99, other.toString())))
                .isInstanceOf(RestoreRefusedException.class)
                .hasMessageContaining("does not have [99] as Avro and has other schemas under [" + id + "]");
    }
}
