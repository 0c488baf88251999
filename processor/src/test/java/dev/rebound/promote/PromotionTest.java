package dev.rebound.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.compare.Later;
import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.ingest.Progress;
import dev.rebound.promote.LiveInMemory.Crash;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.PolicyFile;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromotionTest {

    private static final SuppressionKey JO = new SuppressionKey(SuppressionList.of("acme"), "jo@example.org");
    private static final SuppressionKey KIM = new SuppressionKey(SuppressionList.of("acme"), "kim@example.org");
    private static final Instant AS_OF = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NOW = AS_OF.plus(Duration.ofHours(1));
    private static final Instant THEN = NOW.plus(Duration.ofHours(1));
    private static final Issued ANN = new Issued("ann", "the code was wrong", NOW);
    private static final Issued BOB = new Issued("bob", "it was right", THEN);

    private final LiveInMemory live = new LiveInMemory(policy(), NOW.toEpochMilli());
    private final List<SuppressionDifference> differences = new ArrayList<>();
    private final ReplayInMemory replay = new ReplayInMemory(AS_OF, () -> List.copyOf(differences));

    /** Bounces suppress for ever, complaints too. */
    private static Policy policy() {
        Policies policies = PolicyFile.read("test", new StringReader("""
                        name: test
                        rules:
                          - id: gone
                            when: {outcome: BOUNCED}
                            failures: 1
                            lasts: for-ever
                          - id: complaint
                            when: {outcome: COMPLAINED}
                            failures: 1
                            lasts: for-ever
                        """));
        return policies.of("acme");
    }

    private static Evidence event(String id, Outcome outcome, Instant time) {
        return new Evidence(
                id,
                time.toEpochMilli(),
                outcome,
                BounceType.HARD,
                outcome == Outcome.COMPLAINED ? "COMPLAINT" : "BAD_MAILBOX",
                true,
                5,
                "5.1.1",
                null,
                false,
                false,
                0,
                null,
                "550 5.1.1 no such user",
                "delivery-events",
                0,
                1);
    }

    private static Command command(String id, SuppressionAction action, Instant time, Instant expires) {
        return new Command(
                id,
                time.toEpochMilli(),
                action,
                action == SuppressionAction.ADD ? SuppressionReason.MANUAL : SuppressionReason.UNKNOWN,
                null,
                null,
                expires,
                SuppressionSource.OPERATOR,
                "kim",
                "asked by phone",
                null);
    }

    private void bounced(SuppressionKey key) {
        live.happened(key, event("b", Outcome.BOUNCED, AS_OF.minusSeconds(60)));
    }

    private static Suppression replayed(SuppressionKey key, Instant expires) {
        return Suppression.newBuilder()
                .setList(key.list().text())
                .setAddress(key.address())
                .setReason(SuppressionReason.BOUNCE)
                .setCategory("MAILBOX_FULL")
                .setSince(AS_OF.minusSeconds(30))
                .setExpires(expires)
                .setSource(SuppressionSource.POLICY)
                .setPolicy("softer")
                .setPolicyRevision("abc")
                .setRule("full")
                .build();
    }

    private void differs(SuppressionKey key, Suppression after) {
        differences.add(new SuppressionDifference(key, live.feed(key), after));
    }

    private PromotionReport promote(boolean skipConflicts) {
        return new Promotion(live.edges()).run(replay, skipConflicts, ANN, Watch.NONE);
    }

    private RollbackReport rollback(boolean skipConflicts) {
        live.timeIs(THEN.toEpochMilli());
        return new Rollback(live.edges()).run(skipConflicts, BOB, Watch.NONE);
    }

    @Test
    void anAdditionSaysWhatTheReplaySaysAndWhoAndWhy() {
        Instant end = NOW.plus(Duration.ofDays(10));
        differs(JO, replayed(JO, end));

        PromotionReport report = promote(false);

        assertThat(report.added()).isOne();
        assertThat(report.written()).isOne();
        assertThat(live.given).singleElement().satisfies(given -> {
            assertThat(given.getAction()).isEqualTo(SuppressionAction.ADD);
            assertThat(given.getSource()).isEqualTo(SuppressionSource.REPLAY);
            assertThat(given.getBy()).isEqualTo("ann");
            assertThat(given.getWhy()).isEqualTo("the code was wrong");
            assertThat(given.getDetail()).isEqualTo("replay softer, rule full of policy softer, revision abc");
        });
        Suppression told = live.feed(JO);
        assertThat(told.getReason()).isEqualTo(SuppressionReason.BOUNCE);
        assertThat(told.getCategory()).isEqualTo("MAILBOX_FULL");
        assertThat(told.getSince()).isEqualTo(AS_OF.minusSeconds(30));
        assertThat(told.getExpires()).isEqualTo(end);

        assertThat(rollback(false).added()).isOne();
        assertThat(live.feed(JO)).isNull();
        assertThat(live.given.get(1).getBy()).isEqualTo("bob");
        assertThat(live.given.get(1).getAction()).isEqualTo(SuppressionAction.RETRACT);
    }

    @Test
    void aDryRunWritesNothing() {
        bounced(JO);
        differs(JO, null);
        differs(KIM, replayed(KIM, null));

        PromotionReport report = new Promotion(live.edges()).dryRun(replay, NOW, Watch.NONE);

        assertThat(report.lifted()).isOne();
        assertThat(report.added()).isOne();
        assertThat(report.written()).isZero();
        assertThat(live.given).isEmpty();
        assertThat(live.log).isEmpty();
        promote(false);
        int given = live.given.size();
        assertThat(new Rollback(live.edges()).dryRun(NOW, Watch.NONE).lifted()).isOne();
        assertThat(live.given).hasSize(given);
    }

    @Test
    void whatWasLiftedIsAddedAgainAsItWas() {
        bounced(JO);
        Suppression before = live.feed(JO);
        differs(JO, null);
        promote(false);
        assertThat(live.feed(JO)).isNull();

        rollback(false);

        Suppression restored = live.feed(JO);
        assertThat(restored.getReason()).isEqualTo(before.getReason());
        assertThat(restored.getCategory()).isEqualTo(before.getCategory());
        assertThat(restored.getSince()).isEqualTo(before.getSince());
        assertThat(restored.getExpires()).isEqualTo(before.getExpires());
        assertThat(restored.getSource()).isEqualTo(SuppressionSource.REPLAY);
    }

    /** Whoever reads the feed must not find the address free for a moment. */
    @Test
    void whatIsShortenedIsSuppressedAllTheTime() {
        bounced(JO);
        differs(JO, replayed(JO, NOW.plus(Duration.ofDays(3))));
        promote(false);

        assertThat(live.given)
                .extracting(SuppressionCommand::getAction)
                .containsExactly(SuppressionAction.ADD, SuppressionAction.REMOVE);
        assertThat(live.given.get(0).getIssuedAt())
                .isEqualTo(live.given.get(1).getIssuedAt().plusMillis(1));
        assertThat(live.feed(JO).getExpires()).isEqualTo(NOW.plus(Duration.ofDays(3)));

        rollback(false);
        assertThat(live.given.subList(2, 4))
                .extracting(SuppressionCommand::getAction)
                .containsExactly(SuppressionAction.ADD, SuppressionAction.RETRACT);
        assertThat(live.feed(JO).getExpires()).isNull();
    }

    @Test
    void whatIsAlikeOrOverIsCountedAndNothingIsDone() {
        bounced(JO);
        Suppression now = live.feed(JO);
        differs(JO, Suppression.newBuilder(now).setRule("other").setSince(NOW).build());
        differs(KIM, replayed(KIM, NOW));

        PromotionReport report = promote(false);

        assertThat(report.alike()).isOne();
        assertThat(report.over()).isOne();
        assertThat(report.written()).isZero();
    }

    @Test
    void complaintsAreNotTakenBack() {
        live.happened(JO, event("c", Outcome.COMPLAINED, AS_OF.minusSeconds(60)));
        differs(JO, null);
        assertThat(promote(false).kept()).isOne();

        differences.clear();
        differs(JO, replayed(JO, NOW.plusSeconds(60)));
        assertThat(promote(false).kept()).isOne();

        differences.clear();
        differs(
                JO,
                Suppression.newBuilder(replayed(JO, NOW.plusSeconds(60)))
                        .setReason(SuppressionReason.COMPLAINT)
                        .build());
        assertThat(promote(false).changed()).isOne();
    }

    @Test
    void aComplaintBeneathABounceIsNotTakenBackEither() {
        live.happened(JO, event("c", Outcome.COMPLAINED, AS_OF.minusSeconds(50)));
        bounced(JO);
        assertThat(live.feed(JO).getReason()).isEqualTo(SuppressionReason.BOUNCE);
        differs(JO, null);

        assertThat(promote(false).kept()).isOne();
        assertThat(live.given).isEmpty();
    }

    @Test
    void whatSomebodyDecidedStays() {
        live.happened(JO, command("a", SuppressionAction.ADD, AS_OF.minusSeconds(10), null));
        bounced(KIM);
        live.happened(KIM, command("a", SuppressionAction.ADD, AS_OF.minusSeconds(10), NOW.plusSeconds(60)));
        differs(JO, null);
        differs(KIM, null);

        assertThat(promote(false).kept()).isEqualTo(2);
        assertThat(live.given).isEmpty();
    }

    /** The replay has not seen the extension: what it says would be told with another end. */
    @Test
    void whatAnExtensionWouldLetLastLongerIsNotAdded() {
        live.happened(JO, command("x", SuppressionAction.EXTEND, AS_OF.minusSeconds(10), null));
        differs(JO, replayed(JO, NOW.plus(Duration.ofDays(3))));

        assertThat(promote(false).kept()).isOne();
        assertThat(live.given).isEmpty();
    }

    @Test
    void erasedAddressesAreLeftAlone() {
        SuppressionKey standIn = new SuppressionKey(SuppressionList.of("acme"), "hash:" + "0".repeat(64));
        live.erased.add(JO);
        differs(JO, replayed(JO, null));
        differs(standIn, replayed(standIn, null));

        assertThat(promote(false).erased()).isEqualTo(2);
        assertThat(live.given).isEmpty();
    }

    @Test
    void oneConflictIsNamedAndNothingIsWritten() {
        bounced(JO);
        differs(JO, null);
        differs(KIM, replayed(KIM, null));
        live.happened(JO, event("later", Outcome.BOUNCED, AS_OF.plusSeconds(1)));

        PromotionReport report = promote(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.conflicts()).isOne();
        assertThat(report.named()).singleElement().satisfies(conflict -> assertThat(conflict.key())
                .isEqualTo("acme|jo@example.org"));
        assertThat(live.given).isEmpty();
        assertThat(live.log).isEmpty();

        PromotionReport rest = promote(true);
        assertThat(rest.refused()).isFalse();
        assertThat(rest.conflicts()).isOne();
        assertThat(rest.added()).isOne();
        assertThat(live.log).containsOnlyKeys(KIM.text());
    }

    @Test
    void whatIsLaterThanTheReplayIsAConflict() {
        differs(JO, replayed(JO, null));
        live.happened(JO, event("old", Outcome.BOUNCED, AS_OF.minus(Duration.ofDays(1))));
        live.happened(JO, command("r", SuppressionAction.REMOVE, AS_OF.plusSeconds(1), null));
        assertThat(promote(false).named()).singleElement().satisfies(conflict -> assertThat(conflict.reason())
                .contains("a removal was given at 2026-03-01T00:00:01Z by kim"));

        live.histories.clear();
        live.happened(JO, command("x", SuppressionAction.EXTEND, AS_OF.plusSeconds(1), null));
        assertThat(promote(false).named()).singleElement().satisfies(conflict -> assertThat(conflict.reason())
                .contains("a command EXTEND was given at"));

        live.histories.clear();
        live.happened(JO, new Acceptance("d", AS_OF.plusSeconds(1).toEpochMilli(), 0));
        assertThat(promote(false).named()).singleElement().satisfies(conflict -> assertThat(conflict.reason())
                .isEqualTo(
                        "a delivery at 2026-03-01T00:00:01Z, after the last event that the replay knows, of " + AS_OF));

        live.histories.clear();
        live.happened(JO, new Acceptance("d", AS_OF.toEpochMilli(), 0));
        assertThat(promote(false).added()).isOne();
    }

    /** Commands are replayed up to the replay's start, events up to the end of the span. */
    @Test
    void whatHappenedBetweenTheLastEventAndTheLastCommandIsAConflict() {
        Instant until = AS_OF.minus(Duration.ofDays(1));
        replay.until(until);
        differs(JO, replayed(JO, null));
        differs(KIM, replayed(KIM, null));
        live.happened(JO, new Acceptance("d", until.toEpochMilli() + 1, 0));
        live.happened(KIM, command("r", SuppressionAction.REMOVE, until.plusSeconds(1), null));

        PromotionReport report = promote(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.named())
                .containsExactly(new Conflict(
                        JO.text(),
                        "a delivery at 2026-02-28T00:00:00.001Z, after the last event that the replay knows, of "
                                + until));
        assertThat(report.added()).as("the replay knows of the removal").isOne();
    }

    /** A failure can be dated within the span and stand behind it. */
    @Test
    void whatWasReadLaterIsAConflictByItsPlace() {
        bounced(JO);
        Instant late = AS_OF.minusSeconds(10);
        live.happened(JO, event("late", Outcome.BOUNCED, late));
        differences.add(new SuppressionDifference(JO, live.feed(JO), null, new Later(Outside.FAILURE, late)));

        PromotionReport report = promote(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.named())
                .containsExactly(new Conflict(
                        JO.text(),
                        "a failure or complaint of 2026-02-28T23:59:50Z was read after the last event that the replay knows, of "
                                + AS_OF));
        assertThat(live.given).isEmpty();
        assertThat(promote(true).written()).isZero();
    }

    @Test
    void whatAPromotionGaveItselfIsNoConflictWhenItIsTakenBack() {
        bounced(JO);
        differs(JO, null);
        promote(false);
        rollback(false);
        differences.clear();
        differences.add(new SuppressionDifference(JO, live.feed(JO), null, new Later(Outside.COMMAND, THEN)));

        PromotionReport again = new Promotion(live.edges())
                .run(replay, false, new Issued("ann", "sure now", THEN.plusSeconds(60)), Watch.NONE);

        assertThat(again.lifted()).isOne();
    }

    @Test
    void whatCannotBeComparedIsCountedAndStandsAgainstNothing() throws Exception {
        replay.notCompared(Outside.EVIDENCE, 3).notCompared(Outside.FILTERED, 2);
        differs(KIM, replayed(KIM, null));

        PromotionReport report = promote(false);

        assertThat(report.refused()).isFalse();
        assertThat(report.added()).isOne();
        assertThat(report.notCompared()).isEqualTo(Map.of(Outside.EVIDENCE, 3L, Outside.FILTERED, 2L));
        assertThat(new ObjectMapper().writeValueAsString(report))
                .contains("\"notCompared\":{\"evidence\":3,\"filtered\":2}");
    }

    @Test
    void aCommandAfterThePromotionIsAConflictOfItsUndoing() {
        differs(JO, replayed(JO, null));
        differs(KIM, replayed(KIM, null));
        promote(false);
        live.happened(JO, command("x", SuppressionAction.ADD, NOW.plusSeconds(1), null));

        RollbackReport report = rollback(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.named()).singleElement().satisfies(conflict -> assertThat(conflict.reason())
                .isEqualTo("a command ADD was given at 2026-03-01T01:00:01Z by kim, after the promotion"));
        assertThat(live.given).hasSize(2);

        assertThat(rollback(true).added()).isOne();
        assertThat(live.feed(KIM)).isNull();
        assertThat(live.log.get(JO.text()).getState()).isEqualTo(PromotedState.PROMOTED);
        assertThat(rollback(true).written()).isZero();
    }

    @Test
    void newEvidenceIsNoConflictOfAnUndoing() {
        bounced(JO);
        differs(JO, null);
        promote(false);
        live.happened(JO, event("new", Outcome.BOUNCED, NOW.plusSeconds(60)));

        assertThat(rollback(false).lifted()).isOne();
        assertThat(live.feed(JO).getSince()).isEqualTo(AS_OF.minusSeconds(60));
    }

    @Test
    void afterARollbackItCanBePromotedOnceMore() {
        bounced(JO);
        differs(JO, null);
        promote(false);
        rollback(false);
        differences.clear();
        differs(JO, null);
        live.timeIs(THEN.plusSeconds(60).toEpochMilli());

        PromotionReport again = new Promotion(live.edges())
                .run(replay, false, new Issued("ann", "sure now", THEN.plusSeconds(60)), Watch.NONE);

        assertThat(again.lifted()).isOne();
        assertThat(live.feed(JO)).isNull();
        assertThat(live.log.get(JO.text()).getRound()).isEqualTo(2);
        assertThat(live.given).extracting(SuppressionCommand::getCommandId).doesNotHaveDuplicates();
    }

    @Test
    void aReplayThatHasNotEndedIsRefused() {
        replay.unfinished();

        assertThatThrownBy(() -> promote(false)).hasMessageContaining("softer has not come to its end");
    }

    @Test
    void aRollbackThatWasBegunIsToBeFinishedFirst() {
        differs(JO, replayed(JO, null));
        promote(false);
        live.crashAfter(1);
        assertThatThrownBy(() -> rollback(false)).isInstanceOf(Crash.class);

        assertThatThrownBy(() -> promote(false)).hasMessageContaining("rebound replay rollback softer --yes");
        rollback(false);
        assertThat(live.feed(JO)).isNull();
    }

    @Test
    void stoppedBetweenLotsItGoesOnWhereItWas() {
        for (int i = 0; i < 6; i++) {
            SuppressionKey key = new SuppressionKey(SuppressionList.of("acme"), "a" + i + "@example.org");
            differs(key, replayed(key, null));
        }
        Watch watch = new Watch(Progress.none(), () -> live.given.size() >= 4);

        PromotionReport stopped = new Promotion(live.edges(), 2).run(replay, true, ANN, watch);

        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.written()).isEqualTo(4);
        PromotionReport rest = new Promotion(live.edges(), 2).run(replay, true, ANN, Watch.NONE);
        assertThat(rest.already()).isEqualTo(4);
        assertThat(rest.added()).isEqualTo(2);
    }

    private static StatusCode row(String id, StatusCodeRevision... revisions) {
        return new StatusCode(id, "operator", List.of(revisions));
    }

    private static StatusCodeRevision says(BounceType type, Instant from, String by) {
        return StatusCodeRevision.newBuilder()
                .setBounceType(type)
                .setEffectiveFrom(from)
                .setRecordedAt(by == null ? null : AS_OF)
                .setRecordedBy(by)
                .build();
    }

    @Test
    void aRowIsPromotedAndTakenBack() {
        StatusCode wanted = row("5.1.1", says(BounceType.SOFT, null, null));
        replay.with(wanted, null);

        assertThat(promote(false).rows()).isOne();

        StatusCode promoted = live.rows.get("5.1.1");
        assertThat(promoted.getRevisions()).singleElement().satisfies(revision -> {
            assertThat(revision.getBounceType()).isEqualTo(BounceType.SOFT);
            assertThat(revision.getEffectiveFrom()).isNull();
            assertThat(revision.getRecordedAt()).isEqualTo(NOW);
            assertThat(revision.getRecordedBy()).isEqualTo("ann");
        });
        assertThat(promote(false).already()).isOne();
        assertThat(live.writtenRows).hasSize(1);

        assertThat(rollback(false).rows()).isOne();
        assertThat(live.rows.get("5.1.1").getRevisions().get(1).getWithdrawn()).isTrue();
        assertThat(RowWords.of(live.rows.get("5.1.1"))).isEmpty();
        assertThat(rollback(false).written()).isZero();
        assertThat(promote(false).rows())
                .as("it says what it said at the start")
                .isOne();
    }

    @Test
    void aRowThatSomebodyChangedSinceTheReplayBeganIsAConflict() {
        StatusCode start = row("5.1.1", says(BounceType.HARD, null, "kim"));
        replay.with(row("5.1.1", says(BounceType.SOFT, null, null)), start);
        live.rows.put("5.1.1", row("5.1.1", start.getRevisions().get(0), says(null, AS_OF, "lee")));

        PromotionReport report = promote(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.named())
                .containsExactly(new Conflict(
                        "operator/5.1.1",
                        "the operator's row has changed since the replay was started: at 2026-03-01T00:00:00Z by lee"));
        assertThat(live.writtenRows).isEmpty();
        assertThat(promote(true).rows()).isZero();
    }

    @Test
    void aRowThatSomebodyChangedSinceItsPromotionIsAConflictOfItsUndoing() {
        replay.with(row("5.1.1", says(BounceType.SOFT, null, null)), null);
        promote(false);
        StatusCode promoted = live.rows.get("5.1.1");
        live.rows.put("5.1.1", row("5.1.1", promoted.getRevisions().get(0), says(BounceType.HARD, AS_OF, "lee")));

        RollbackReport report = rollback(false);

        assertThat(report.refused()).isTrue();
        assertThat(report.named()).singleElement().satisfies(conflict -> assertThat(conflict.reason())
                .isEqualTo("the operator's row has changed since it was promoted: at 2026-03-01T00:00:00Z by lee"));
        assertThat(live.rows.get("5.1.1").getRevisions()).hasSize(2);
    }

    @Test
    void aRowThatSaysTheSameAlreadyIsAlike() {
        live.rows.put("5.1.1", row("5.1.1", says(BounceType.SOFT, null, "kim")));
        replay.with(row("5.1.1", says(BounceType.SOFT, null, null)), null);

        assertThat(promote(false).alike()).isOne();
        assertThat(live.writtenRows).isEmpty();
    }

    @Test
    void aCrashAtAnyWriteOfARowIsMadeGood() {
        replay.with(row("5.1.1", says(BounceType.SOFT, null, null)), null);
        for (int survives = 0; survives < 3; survives++) {
            live.crashAfter(survives);
            assertThatThrownBy(() -> promote(false)).isInstanceOf(Crash.class);
        }
        promote(false);
        assertThat(live.writtenRows).hasSize(1);
        for (int survives = 0; survives < 3; survives++) {
            live.crashAfter(survives);
            assertThatThrownBy(() -> rollback(false)).isInstanceOf(Crash.class);
        }
        rollback(false);
        assertThat(live.writtenRows).hasSize(2);
        assertThat(live.log.values()).extracting(Promoted::getState).containsExactly(PromotedState.ROLLED_BACK);
    }
}
