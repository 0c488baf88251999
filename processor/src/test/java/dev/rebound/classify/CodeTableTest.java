package dev.rebound.classify;

import static dev.rebound.classify.Rows.categoryOf;
import static dev.rebound.classify.Rows.revision;
import static dev.rebound.classify.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodeTableTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant BEFORE = NOON.minusMillis(1);

    private static final StatusCode SEED = row(
            Origin.SEED,
            "5.2.2",
            revision()
                    .setSummary("seed summary")
                    .setDescription("seed description")
                    .setBounceType(BounceType.HARD));
    private static final StatusCode IANA = row(
            Origin.IANA,
            "5.2.2",
            revision()
                    .setSummary("iana summary")
                    .setExplanation("iana explanation")
                    .setReference("RFC 3463")
                    .setCategory("MAILBOX_FULL"));

    @Test
    void originsAreMergedFieldByField() {
        StatusCode operator = row(Origin.OPERATOR, "5.2.2", revision().setBounceType(BounceType.SOFT));
        CodeTable table = CodeTable.of(List.of(IANA, operator, SEED));

        assertThat(table.row("5.2.2", NOON))
                .isEqualTo(new CodeRow(
                        CodeId.parse("5.2.2"),
                        Categories.shipped().require("MAILBOX_FULL"),
                        BounceType.SOFT,
                        "seed summary",
                        "seed description",
                        "iana explanation",
                        "RFC 3463",
                        "operator+seed+iana"));
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.position()).isEqualTo(CodeTable.NO_POSITION);
    }

    @Test
    void aTableKnowsHowFarItWasRead() {
        assertThat(CodeTable.of(List.of(SEED), 12).position()).isEqualTo(12);
    }

    @Test
    void eachOriginsOwnRowCanBeSeen() {
        CodeTable table = CodeTable.of(List.of(SEED));

        assertThat(table.source(Origin.SEED, "5.2.2")).isEqualTo(SEED);
        assertThat(table.source(Origin.OPERATOR, "5.2.2")).isNull();
        assertThat(table.source(Origin.SEED, "5.2.3")).isNull();
    }

    @Test
    void aRowCountsFromItsMomentOn() {
        StatusCode row = row(
                Origin.OPERATOR,
                "5.9.9",
                revision().setSummary("from noon").setEffectiveFrom(NOON),
                revision().setSummary("from one").setEffectiveFrom(NOON.plusSeconds(3600)));
        CodeTable table = CodeTable.of(List.of(row));

        assertThat(table.row("5.9.9", BEFORE)).isNull();
        assertThat(table.row("5.9.9", Instant.MIN)).isNull();
        assertThat(table.row("5.9.9", NOON).summary()).isEqualTo("from noon");
        assertThat(table.row("5.9.9", NOON.plusSeconds(3600).minusMillis(1)).summary())
                .isEqualTo("from noon");
        assertThat(table.row("5.9.9", NOON.plusSeconds(3600)).summary()).isEqualTo("from one");
        assertThat(table.row("5.9.9", Instant.MAX).summary()).isEqualTo("from one");
        assertThat(table.rows(BEFORE)).isEmpty();
        assertThat(table.rows(NOON)).hasSize(1);
    }

    @Test
    void aRevisionRecordedLaterCorrectsThePastItReachesBackTo() {
        StatusCode row = row(
                Origin.OPERATOR,
                "5.9.9",
                revision().setSummary("first").setEffectiveFrom(NOON),
                revision().setSummary("correction").setEffectiveFrom(NOON.minusSeconds(60)));
        CodeTable table = CodeTable.of(List.of(row));

        assertThat(table.row("5.9.9", NOON.minusSeconds(61))).isNull();
        assertThat(table.row("5.9.9", NOON.minusSeconds(60)).summary()).isEqualTo("correction");
        assertThat(table.row("5.9.9", NOON).summary()).isEqualTo("correction");
    }

    @Test
    void aWithdrawalLetsTheWeakerOriginsShowThroughFromItsMomentOn() {
        StatusCode operator = row(
                Origin.OPERATOR,
                "5.2.2",
                revision().setBounceType(BounceType.SOFT),
                revision().setWithdrawn(true).setEffectiveFrom(NOON));
        CodeTable table = CodeTable.of(List.of(SEED, operator));

        assertThat(table.row("5.2.2", BEFORE).bounceType()).isEqualTo(BounceType.SOFT);
        assertThat(table.row("5.2.2", BEFORE).origins()).isEqualTo("operator+seed");
        assertThat(table.row("5.2.2", NOON).bounceType()).isEqualTo(BounceType.HARD);
        assertThat(table.row("5.2.2", NOON).origins()).isEqualTo("seed");
    }

    @Test
    void aWithdrawnCodeOfNobodyElseIsUnknown() {
        StatusCode operator = row(Origin.OPERATOR, "5.9.9", revision().setWithdrawn(true));

        assertThat(CodeTable.of(List.of(operator)).row("5.9.9", NOON)).isNull();
    }

    @Test
    void bounceTypeNoneLeavesItToTheStatusClass() {
        StatusCode operator = row(Origin.OPERATOR, "5.2.2", revision().setBounceType(BounceType.NONE));

        assertThat(CodeTable.of(List.of(operator, SEED)).row("5.2.2", NOON).bounceType())
                .isNull();
    }

    @Test
    void rowsThatCannotBeUsedAreNamed() {
        assertInvalid(row(Origin.SEED, "9.9.9", revision()), "status-codes id: 9.9.9 (expected: an enhanced code");
        assertInvalid(
                new StatusCode("5.1.1", "me", List.of(revision().build())),
                "status-codes origin: me (expected: operator, seed, iana or rebound)");
        assertInvalid(row(Origin.SEED, "5.1.1"), "status-codes revisions: none (expected: at least one)");
        assertInvalid(
                row(
                        Origin.OPERATOR,
                        "5.1.1",
                        revision(),
                        revision().setCategory("BAD_MAILBOXES").setEffectiveFrom(NOON)),
                "status-codes category: BAD_MAILBOXES (expected: one of BAD_MAILBOX, ");
    }

    private static void assertInvalid(StatusCode row, String message) {
        assertThatThrownBy(() -> CodeTable.validate(row))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> CodeTable.of(List.of(row))).hasMessageStartingWith(message);
    }

    /** The row in force is found ahead of time; asking the history directly must give the same. */
    @Property(tries = 300)
    void theLastRecordedOfTheRevisionsThatHadTakenEffectCounts(
            @ForAll("minutes") List<Integer> starts, @ForAll("minute") int asked) {
        StatusCode row = new StatusCode(
                "5.9.9",
                "operator",
                IntStream.range(0, starts.size())
                        .mapToObj(i -> revision()
                                .setSummary("r" + i)
                                .setEffectiveFrom(NOON.plusSeconds(60L * starts.get(i)))
                                .build())
                        .toList());
        String expected = null;
        for (int i = 0; i < starts.size(); i++) {
            expected = starts.get(i) <= asked ? "r" + i : expected;
        }

        CodeRow found = CodeTable.of(List.of(row)).row("5.9.9", NOON.plusSeconds(60L * asked));

        assertThat(found == null ? null : found.summary()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<Integer> minute() {
        return Arbitraries.integers().between(0, 6);
    }

    @Provide
    Arbitrary<List<Integer>> minutes() {
        return minute().list().ofMinSize(1).ofMaxSize(6);
    }

    @Test
    void aChangedTableSaysWhatOneMadeAnewSays() {
        CodeTable before = Rows.shippedWith(categoryOf("5.7.99", "BLOCKED"));
        List<StatusCode> rows = new ArrayList<>(ShippedCodes.rows());
        rows.add(categoryOf("5.2.2", "BLOCKED"));
        rows.add(row(
                Origin.OPERATOR,
                "user-unknown",
                revision().setCategory("BLOCKED").setPhrases(List.of("go away"))));

        CodeTable after = before.changed(rows, 43);

        CodeTable anew = CodeTable.of(rows, 43);
        assertThat(after.position()).isEqualTo(43);
        assertThat(after.rows(Instant.EPOCH)).isEqualTo(anew.rows(Instant.EPOCH));
        assertThat(after.rules(Instant.EPOCH)).isEqualTo(anew.rules(Instant.EPOCH));
        assertThat(after.row("5.7.99", Instant.EPOCH)).isNull();
        for (String reply : List.of("550 go away", "550 user unknown", "550 5.2.2 so", "550 mailbox full")) {
            assertThat(Classifier.classify(AnyEvents.plain().setReply(reply).build(), after))
                    .isEqualTo(Classifier.classify(
                            AnyEvents.plain().setReply(reply).build(), anew));
        }
        assertThat(after.changed(rows, 44).texts()).isSameAs(after.texts());
        assertThat(after.texts()).isNotSameAs(before.texts());
    }
}
