package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.SchemasForTests;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.serde.AvroSerde;
import dev.rebound.topology.LiveCodeTable.BadRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCodeTableTest {

    private final Topics topics = Topics.unprefixed();
    private final SchemasForTests registry = new SchemasForTests(topics);
    private final LiveCodeTable table = new LiveCodeTable(registry.writerSchemas());

    private byte[] row(String origin, String id, String summary) {
        StatusCodeRevision revision =
                StatusCodeRevision.newBuilder().setSummary(summary).build();
        try (AvroSerde<StatusCode> serde = registry.serde(topics.statusCodes(), StatusCode.getClassSchema())) {
            return serde.serializer().serialize("status-codes", new StatusCode(id, origin, List.of(revision)));
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String summary() {
        return table.current().row("5.1.1", Instant.EPOCH).summary();
    }

    @Test
    void rowsComeChangeAndGo() {
        assertThat(table.current().size()).isZero();
        assertThat(table.current().position()).isEqualTo(-1);

        table.apply(key("seed/5.1.1"), row("seed", "5.1.1", "first"), 0);
        assertThat(summary()).isEqualTo("first");
        table.apply(key("operator/5.1.1"), row("operator", "5.1.1", "ours"), 1);
        assertThat(summary()).isEqualTo("ours");
        table.apply(key("operator/5.1.1"), null, 2);
        assertThat(summary()).isEqualTo("first");
        table.apply(key("seed/5.1.1"), null, 3);

        assertThat(table.current().size()).isZero();
        assertThat(table.current().position()).isEqualTo(3);
        assertThat(table.badRows()).isEmpty();
    }

    @Test
    void withItsPastItGivesTheTableOfAnyPosition() {
        LiveCodeTable past = LiveCodeTable.withPast(registry.writerSchemas());
        past.apply(key("seed/5.1.1"), row("seed", "5.1.1", "first"), 3);
        past.apply(key("operator/5.1.1"), row("operator", "5.1.1", "ours"), 5);
        past.apply(key("seed/5.1.1"), new byte[] {1}, 6);
        past.apply(key("operator/5.1.1"), null, 7);

        assertThat(past.at(2).size()).isZero();
        assertThat(past.at(4).row("5.1.1", Instant.EPOCH).summary()).isEqualTo("first");
        assertThat(past.at(6).row("5.1.1", Instant.EPOCH).summary()).isEqualTo("ours");
        assertThat(past.at(6).position()).isEqualTo(6);
        assertThat(past.at(9).row("5.1.1", Instant.EPOCH).summary()).isEqualTo("first");
        assertThat(past.at(4).fingerprint())
                .isEqualTo(past.at(7).fingerprint())
                .isNotEqualTo(past.at(6).fingerprint());
    }

    @Test
    void aBadRowKeepsThePreviousOneAndIsReportedUntilItIsReplaced() {
        table.apply(key("seed/5.1.1"), row("seed", "5.1.1", "first"), 0);

        table.apply(key("seed/5.1.1"), new byte[] {1}, 1);
        assertThat(summary()).isEqualTo("first");
        assertThat(table.current().position()).isEqualTo(1);
        assertThat(table.badRows())
                .containsExactly(new BadRow(
                        "seed/5.1.1",
                        1,
                        "value of 1 bytes starts with byte 1 (expected: 0, then four bytes of schema id)"));

        table.apply(key("seed/5.1.1"), row("seed", "5.1.1", "second"), 2);
        assertThat(summary()).isEqualTo("second");
        assertThat(table.badRows()).isEmpty();
    }

    @Test
    void removingABadRowEndsItsReport() {
        table.apply(key("seed/5.1.1"), new byte[] {1}, 0);
        table.apply(key("seed/5.1.1"), null, 1);

        assertThat(table.badRows()).isEmpty();
    }

    @Test
    void aRowUnderTheKeyOfAnotherIsBad() {
        table.apply(key("seed/5.1.1"), row("operator", "5.1.1", "x"), 0);
        table.apply(key("seed/5.1.2"), row("seed", "5.1.1", "x"), 1);

        assertThat(table.current().size()).isZero();
        assertThat(table.badRows())
                .extracting(BadRow::reason)
                .containsExactly(
                        "the value is for operator/5.1.1 (expected: seed/5.1.1)",
                        "the value is for seed/5.1.1 (expected: seed/5.1.2)");
    }

    @Test
    void rowsThatBreakARuleOfTheTableAreBad() {
        table.apply(key("seed/9.9.9"), row("seed", "9.9.9", "x"), 0);
        table.apply(key("me/5.1.1"), row("me", "5.1.1", "x"), 1);
        table.apply(key("5.1.1"), row("seed", "5.1.1", "x"), 2);
        table.apply(new byte[] {(byte) 0xff}, row("seed", "5.1.1", "x"), 3);

        assertThat(table.current().size()).isZero();
        assertThat(table.badRows()).extracting(BadRow::offset).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    /** Brokers refuse such records in a compacted topic; where the topic is not, one must not stop the client. */
    @Test
    void aRecordWithoutKeyIsBad() {
        table.apply(null, row("seed", "5.1.1", "x"), 0);
        table.apply(null, null, 1);

        assertThat(table.current().size()).isZero();
        assertThat(table.current().position()).isEqualTo(1);
        assertThat(table.badRows()).extracting(BadRow::reason).containsExactly("the record has no key");
    }

    @Test
    void aRecordUnderAKeyThatIsNoneCanBeClearedAway() {
        table.apply(key("nonsense"), new byte[] {1}, 0);
        assertThat(table.badRows()).hasSize(1);
        table.apply(key("nonsense"), null, 1);
        assertThat(table.badRows()).isEmpty();
        assertThat(table.current().position()).isEqualTo(1);
    }
}
