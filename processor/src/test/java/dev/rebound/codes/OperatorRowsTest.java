package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.CodeId;
import dev.rebound.classify.CodeTable;
import dev.rebound.codes.OperatorRows.Change;
import dev.rebound.codes.OperatorRows.Effect;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorRowsTest {

    private static final CodeId CODE = CodeId.parse("5.2.2");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Effect FIRST = new Effect(null, NOON, "ann");
    private static final Effect SECOND = new Effect(NOON.plusSeconds(60), NOON.plusSeconds(61), "bob");

    private static OperatorRows onTopOf(StatusCode... rows) {
        Map<String, StatusCode> content = new HashMap<>();
        for (StatusCode row : rows) {
            content.put(CodeRecord.key(row), row);
        }
        return new OperatorRows(new CodesTopic.Content(content, Map.of()));
    }

    private static Change change(BounceType type, String category, String summary, String explanation) {
        return new Change(CODE, type, category, summary, explanation);
    }

    @Test
    void theFirstChangeMakesARowThatSaysOnlyThat() {
        StatusCode row = onTopOf().set(change(BounceType.SOFT, null, null, null), FIRST);

        assertThat(row)
                .isEqualTo(new StatusCode(
                        "5.2.2",
                        "operator",
                        List.of(StatusCodeRevision.newBuilder()
                                .setBounceType(BounceType.SOFT)
                                .setRecordedAt(NOON)
                                .setRecordedBy("ann")
                                .build())));
        CodeTable.validate(row);
    }

    @Test
    void aLaterChangeAddsARevisionThatKeepsTheOtherFields() {
        StatusCode first = onTopOf().set(change(BounceType.SOFT, "MAILBOX_FULL", "s", "e"), FIRST);

        StatusCode second = onTopOf(first).set(change(null, "POLICY_REJECTED", null, null), SECOND);

        assertThat(second.getRevisions()).hasSize(2);
        assertThat(second.getRevisions().get(0)).isEqualTo(first.getRevisions().get(0));
        assertThat(second.getRevisions().get(1))
                .isEqualTo(StatusCodeRevision.newBuilder()
                        .setBounceType(BounceType.SOFT)
                        .setCategory("POLICY_REJECTED")
                        .setSummary("s")
                        .setExplanation("e")
                        .setEffectiveFrom(SECOND.from())
                        .setRecordedAt(SECOND.recordedAt())
                        .setRecordedBy("bob")
                        .build());
        assertThat(first.getRevisions()).as("the row that was read").hasSize(1);
    }

    @Test
    void eachFieldCanBeSet() {
        StatusCode row = onTopOf().set(change(BounceType.HARD, "BAD_MAILBOX", "summary", "explanation"), FIRST);

        assertThat(row.getRevisions().get(0)).satisfies(revision -> {
            assertThat(revision.getBounceType()).isEqualTo(BounceType.HARD);
            assertThat(revision.getCategory()).isEqualTo("BAD_MAILBOX");
            assertThat(revision.getSummary()).isEqualTo("summary");
            assertThat(revision.getExplanation()).isEqualTo("explanation");
        });
    }

    @Test
    void withdrawingAddsARevisionThatSaysNothing() {
        StatusCode row = onTopOf().set(change(BounceType.SOFT, "MAILBOX_FULL", "s", "e"), FIRST);

        StatusCode withdrawn = onTopOf(row).withdraw(CODE, SECOND);

        assertThat(withdrawn.getRevisions().get(1))
                .isEqualTo(StatusCodeRevision.newBuilder()
                        .setWithdrawn(true)
                        .setEffectiveFrom(SECOND.from())
                        .setRecordedAt(SECOND.recordedAt())
                        .setRecordedBy("bob")
                        .build());
        CodeTable table = CodeTable.of(List.of(withdrawn));
        assertThat(table.row("5.2.2", NOON).bounceType()).isEqualTo(BounceType.SOFT);
        assertThat(table.row("5.2.2", SECOND.from())).isNull();
    }

    @Test
    void aChangeAfterAWithdrawalStartsAfresh() {
        StatusCode row = onTopOf().set(change(BounceType.SOFT, "MAILBOX_FULL", "s", "e"), FIRST);
        StatusCode withdrawn = onTopOf(row).withdraw(CODE, SECOND);

        StatusCode again = onTopOf(withdrawn).set(change(null, null, "new", null), SECOND);

        assertThat(again.getRevisions()).hasSize(3);
        assertThat(again.getRevisions().get(2)).satisfies(revision -> {
            assertThat(revision.getWithdrawn()).isFalse();
            assertThat(revision.getSummary()).isEqualTo("new");
            assertThat(revision.getBounceType()).isNull();
            assertThat(revision.getCategory()).isNull();
        });
    }

    @Test
    void thereIsNothingToWithdrawOfWhatTheOperatorDidNotSay() {
        StatusCode seed = new StatusCode(
                "5.2.2", "seed", List.of(StatusCodeRevision.newBuilder().build()));
        StatusCode withdrawn = onTopOf(onTopOf().set(change(BounceType.SOFT, null, null, null), FIRST))
                .withdraw(CODE, SECOND);

        for (OperatorRows rows : List.of(onTopOf(), onTopOf(seed), onTopOf(withdrawn))) {
            assertThatThrownBy(() -> rows.withdraw(CODE, FIRST))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the operator has no row of 5.2.2; shipped rows stay, and rebound codes set overrides"
                            + " them");
        }
    }

    @Test
    void anImportMayContinueARowsHistoryButNotDropIt() {
        StatusCode first = onTopOf().set(change(BounceType.SOFT, null, null, null), FIRST);
        StatusCode second = onTopOf(first).set(change(BounceType.HARD, null, null, null), SECOND);

        onTopOf().refuseLossOfHistory(List.of(first));
        onTopOf(first).refuseLossOfHistory(List.of(first));
        onTopOf(first).refuseLossOfHistory(List.of(second));
        assertThatThrownBy(() -> onTopOf(second).refuseLossOfHistory(List.of(first)))
                .hasMessageContaining("the row of 5.2.2 lacks revisions");
    }
}
