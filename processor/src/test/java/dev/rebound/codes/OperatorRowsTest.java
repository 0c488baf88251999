package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.CodeTable;
import dev.rebound.codes.OperatorRows.Effect;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OperatorRowsTest {

    private static final String CODE = "5.2.2";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Effect FIRST = new Effect(null, NOON, "ann");
    private static final Effect SECOND = new Effect(NOON.plusSeconds(60), NOON.plusSeconds(61), "bob");

    private static final Consumer<StatusCodeRevision.Builder> FULL = revision -> revision.setBounceType(BounceType.SOFT)
            .setCategory("MAILBOX_FULL")
            .setSummary("s")
            .setExplanation("e");

    private static OperatorRows onTopOf(StatusCode... rows) {
        Map<String, StatusCode> content = new HashMap<>();
        for (StatusCode row : rows) {
            content.put(CodeRecord.key(row), row);
        }
        return new OperatorRows(new CodesTopic.Content(content, Map.of()));
    }

    private static Consumer<StatusCodeRevision.Builder> change(BounceType type) {
        return revision -> revision.setBounceType(type);
    }

    @Test
    void theFirstChangeMakesARowThatSaysOnlyThat() {
        StatusCode row = onTopOf().set(CODE, change(BounceType.SOFT), FIRST);

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
        StatusCode first = onTopOf().set(CODE, FULL, FIRST);

        StatusCode second = onTopOf(first).set(CODE, revision -> revision.setCategory("POLICY_REJECTED"), SECOND);

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
    void withdrawingAddsARevisionThatSaysNothing() {
        StatusCode row = onTopOf().set(CODE, FULL, FIRST);

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
        StatusCode row = onTopOf().set(CODE, FULL, FIRST);
        StatusCode withdrawn = onTopOf(row).withdraw(CODE, SECOND);

        StatusCode again = onTopOf(withdrawn).set(CODE, revision -> revision.setSummary("new"), SECOND);

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
        StatusCode withdrawn =
                onTopOf(onTopOf().set(CODE, change(BounceType.SOFT), FIRST)).withdraw(CODE, SECOND);

        for (OperatorRows rows : List.of(onTopOf(), onTopOf(seed), onTopOf(withdrawn))) {
            assertThatThrownBy(() -> rows.withdraw(CODE, FIRST))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the operator has no row of 5.2.2; shipped rows stay, and rebound codes set overrides"
                            + " them");
        }
    }

    @Test
    void anImportMayContinueARowsHistoryButNotDropIt() {
        StatusCode first = onTopOf().set(CODE, change(BounceType.SOFT), FIRST);
        StatusCode second = onTopOf(first).set(CODE, change(BounceType.HARD), SECOND);

        onTopOf().refuseLossOfHistory(List.of(first));
        onTopOf(first).refuseLossOfHistory(List.of(first));
        onTopOf(first).refuseLossOfHistory(List.of(second));
        assertThatThrownBy(() -> onTopOf(second).refuseLossOfHistory(List.of(first)))
                .hasMessageContaining("the row of 5.2.2 lacks revisions");
    }

    @Test
    void textRulesHaveAHistoryLikeCodes() {
        StatusCode row = onTopOf()
                .set(
                        "partner-shield",
                        revision -> revision.setCategory("BLOCKED").setPhrases(List.of("partner shield")),
                        FIRST);
        StatusCode second = onTopOf(row).set("partner-shield", revision -> revision.setCondition("class=5"), SECOND);
        StatusCode third = onTopOf(second)
                .replace("partner-shield", revision().setRecipientGone(false).build(), SECOND);
        StatusCode withdrawn = onTopOf(third).withdraw("partner-shield", SECOND);

        assertThat(second.getRevisions().get(1))
                .isEqualTo(revision()
                        .setCategory("BLOCKED")
                        .setPhrases(List.of("partner shield"))
                        .setCondition("class=5")
                        .setEffectiveFrom(SECOND.from())
                        .setRecordedAt(SECOND.recordedAt())
                        .setRecordedBy("bob")
                        .build());
        assertThat(third.getRevisions().get(2).getCategory()).isNull();
        assertThat(withdrawn.getRevisions())
                .hasSize(4)
                .startsWith(second.getRevisions().get(0));
        CodeTable table = CodeTable.of(List.of(withdrawn));
        assertThat(table.rule("partner-shield", NOON).phrases()).hasSize(1);
        assertThat(table.rule("partner-shield", SECOND.from())).isNull();
    }

    @Test
    void whereThereIsNoRowOfARuleItIsSaidHowToSwitchAShippedOneOff() {
        assertThatThrownBy(() -> onTopOf().withdraw("user-unknown", FIRST))
                .hasMessage(
                        "the operator has no row of user-unknown; a rule that ships is switched off by: rebound rules"
                                + " set user-unknown --no-phrases");
    }

    private static StatusCodeRevision.Builder revision() {
        return StatusCodeRevision.newBuilder();
    }
}
