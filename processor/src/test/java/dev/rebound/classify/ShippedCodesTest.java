package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That what ships can be reached: a row that nothing leads to is a row that says nothing. */
class ShippedCodesTest {

    private static final CodeTable TABLE = ShippedCodes.table();
    private static final Instant ANY_TIME = Instant.EPOCH;

    static List<Map<String, String>> seedRows() {
        return ShippedTable.read("seed.tsv").rows();
    }

    static Stream<String> registeredCodes() {
        return ShippedTable.read("iana.tsv").rows().stream()
                .map(row -> row.get("id"))
                .filter(id -> id.startsWith("X."))
                .flatMap(id -> Stream.of(id.replace('X', '4'), id.replace('X', '5')));
    }

    static Stream<String> basicCodesOfRfcs() {
        return ShippedTable.read("iana.tsv").rows().stream()
                .map(row -> row.get("id"))
                .filter(id -> !id.startsWith("X."));
    }

    @Test
    void seventyRowsAreSeeded() {
        assertThat(seedRows()).hasSize(70);
        assertThat(new HashSet<>(ShippedCodes.rows()))
                .as("each row once")
                .hasSameSizeAs(ShippedCodes.rows())
                .hasSizeGreaterThan(70);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seedRows")
    void everySeedRowDecidesForItsCode(Map<String, String> row) {
        String id = row.get("id");
        BounceType type = BounceType.valueOf(row.get("bounce_type"));
        Classification classification = Classifier.classify(
                AnyEvents.plain()
                        .setReply(SeedReplies.replyFor(id))
                        .setOutcome(SeedReplies.outcomeFor(id, type))
                        .build(),
                TABLE);

        assertThat(classification.getRule()).isEqualTo(id);
        assertThat(classification.getLayer()).isEqualTo(CodeId.parse(id).layer());
        assertThat(classification.getBounceType()).isEqualTo(type);
        assertThat(classification.getCategory())
                .isEqualTo(TABLE.row(id, ANY_TIME).category().name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seedRows")
    void seedWordingIsShownWhateverTheRegistrySays(Map<String, String> row) {
        CodeRow merged = TABLE.row(row.get("id"), ANY_TIME);

        assertThat(merged.summary()).isEqualTo(row.get("summary"));
        assertThat(merged.description() == null ? "" : merged.description()).isEqualTo(row.get("description"));
        assertThat(merged.category()).isNotNull();
        assertThat(merged.explanation()).isNotBlank();
        assertThat(merged.origins()).startsWith("seed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registeredCodes")
    void everyRegisteredCodeResolvesInBothClasses(String code) {
        CodeId id = CodeId.parse(code);
        String inReply = id.layer() == Layer.SUBJECT ? code + ".777" : code;
        DeliveryEvent event = AnyEvents.plain().setStatus(inReply).build();

        Classification classification = Classifier.classify(event, TABLE);

        assertThat(classification.getRule()).isEqualTo(code);
        assertThat(classification.getLayer()).isEqualTo(id.layer());
        assertThat(classification.getBounceType()).isEqualTo(code.startsWith("5") ? BounceType.HARD : BounceType.SOFT);
        assertThat(TABLE.row(code, ANY_TIME).explanation()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("basicCodesOfRfcs")
    void everyBasicCodeOfTheRfcsResolves(String code) {
        Classification classification =
                Classifier.classify(AnyEvents.plain().setReply(code + " no").build(), TABLE);

        assertThat(classification.getRule()).isEqualTo(code);
        assertThat(classification.getScope()).isNotEqualTo(Scope.UNKNOWN);
    }

    @Test
    void shippedRowsHoldSinceTheBeginningOfTime() {
        assertThat(ShippedCodes.rows()).flatExtracting(StatusCode::getRevisions).allSatisfy(revision -> {
            assertThat(revision.getEffectiveFrom()).isNull();
            assertThat(revision.getRecordedAt()).isNull();
            assertThat(revision.getRecordedBy()).isNull();
            assertThat(revision.getWithdrawn()).isFalse();
        });
        assertThat(TABLE.rows(Instant.MIN)).isEqualTo(TABLE.rows(Instant.MAX));
        assertThat(TABLE.rules(Instant.MIN)).isEqualTo(TABLE.rules(Instant.MAX));
        assertThat(TABLE.size())
                .isEqualTo(TABLE.rows(Instant.MAX).size()
                        + TABLE.rules(Instant.MAX).size()
                        + TABLE.providerRows(Instant.MAX).size());
        assertThat(TABLE.providerRows(Instant.MIN)).isEqualTo(TABLE.providerRows(Instant.MAX));
    }

    @Test
    void rulesForAProviderAreForOneThatShips() {
        assertThat(TABLE.rules(ANY_TIME))
                .filteredOn(rule -> rule.provider() != null)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(TABLE.providers()).contains(rule.provider()));
    }

    @Test
    void theRegistryNeverSetsABounceType() {
        assertThat(ShippedCodes.rows())
                .filteredOn(row -> row.getOrigin().equals(Origin.IANA.text()))
                .flatExtracting(StatusCode::getRevisions)
                .isNotEmpty()
                .allSatisfy(revision -> assertThat(revision.getBounceType()).isNull());
    }

    @Test
    void noTypeIsSetForAnOutcomeThatIsNoBounce() {
        for (Outcome outcome : List.of(Outcome.DELIVERED, Outcome.DEFERRED, Outcome.COMPLAINED, Outcome.SUPPRESSED)) {
            assertThat(seedRows()).allSatisfy(row -> assertThat(Classifier.classify(
                                    AnyEvents.plain()
                                            .setReply(SeedReplies.replyFor(row.get("id")))
                                            .setOutcome(outcome)
                                            .build(),
                                    TABLE)
                            .getBounceType())
                    .isEqualTo(BounceType.NONE));
        }
    }
}
