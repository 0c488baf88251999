package dev.rebound.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.compare.SuppressionDifference.Kind;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Contradiction;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.Presets;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SuppressionComparisonTest {

    private static final Policy POLICY = Presets.get(Presets.DEFAULT);
    /** Arrival of the last event; commands were read up to an hour. */
    private static final Instant UNTIL = TwoSides.BEGIN.plus(Duration.ofMinutes(50));

    private static final Instant END = TwoSides.BEGIN.plus(Duration.ofHours(1));
    private static final SuppressionKey JANE = key("jane@example.com");

    private final TwoSides sides = new TwoSides(Policies.of(POLICY));
    private final List<SuppressionDifference> found = new ArrayList<>();

    private static SuppressionKey key(String address) {
        return new SuppressionKey(SuppressionList.of("default"), address);
    }

    private static Evidence gone(long offset) {
        return evidence(TwoSides.SOURCE, offset, "BAD_MAILBOX", true);
    }

    private static Evidence evidence(String topic, long offset, String category, boolean gone) {
        return new Evidence(
                "e" + offset,
                TwoSides.arrival(offset).toEpochMilli(),
                Outcome.BOUNCED,
                gone ? BounceType.HARD : BounceType.SOFT,
                category,
                gone,
                gone ? 5 : 4,
                gone ? "5.1.1" : "4.2.2",
                null,
                false,
                false,
                0,
                null,
                "550 5.1.1 no such user",
                topic,
                0,
                offset);
    }

    private static Evidence soft(long offset) {
        return evidence(TwoSides.SOURCE, offset, "MAILBOX_FULL", false);
    }

    private static Evidence elsewhere() {
        return evidence("elsewhere", 1, "BAD_MAILBOX", true);
    }

    private static Command command(SuppressionAction action, Instant at) {
        return command(action, at, SuppressionSource.OPERATOR);
    }

    private static Command command(SuppressionAction action, Instant at, SuppressionSource source) {
        return new Command(
                "c" + at.toEpochMilli(),
                at.toEpochMilli(),
                action,
                SuppressionReason.MANUAL,
                null,
                null,
                null,
                source,
                "ann",
                "a test",
                null);
    }

    private static History history(Item... items) {
        History history = History.EMPTY;
        for (Item item : items) {
            history = history.with(item);
        }
        return history;
    }

    private static Suppression decided(SuppressionKey key, History history, Instant at) {
        return Decision.of(key, history, POLICY, at.toEpochMilli()).suppression();
    }

    /** What a side knows of a recipient, and what follows by its own clock. */
    private void known(Side side, SuppressionKey key, Instant clock, Item... items) {
        History history = history(items);
        sides.history(side, key, history);
        sides.feed(side, key, decided(key, history, clock));
    }

    private static Scope span() {
        return new Scope(
                TwoSides.SOURCE,
                Map.of(0, new Scope.Range(0, 1_000)),
                TwoSides.BEGIN,
                UNTIL,
                END,
                false,
                false,
                key -> true);
    }

    private Suppressions compare(Scope scope) {
        found.clear();
        return sides.comparer()
                .suppressionDifferences(
                        sides.live(), sides.replay(), scope, TwoSides.settings(), Watch.NONE, found::add);
    }

    @Test
    void addedLiftedAndChangedAreToldWithBothChains() {
        Instant now = TwoSides.settings().now();
        known(sides.live(), key("lifted@example.com"), now, gone(1));
        known(sides.replay(), key("added@example.com"), END, gone(2));
        known(sides.live(), key("changed@example.com"), now, gone(3));
        known(sides.replay(), key("changed@example.com"), END, command(SuppressionAction.ADD, TwoSides.arrival(4)));
        known(sides.live(), key("same@example.com"), now, gone(5));
        known(sides.replay(), key("same@example.com"), END, gone(5));

        Suppressions suppressions = compare(TwoSides.all());

        assertThat(found)
                .extracting(difference -> difference.key().address(), SuppressionDifference::kind)
                .containsExactly(
                        tuple("added@example.com", Kind.ADDED),
                        tuple("changed@example.com", Kind.CHANGED),
                        tuple("lifted@example.com", Kind.LIFTED));
        assertThat(suppressions.added()).isEqualTo(1);
        assertThat(suppressions.lifted()).isEqualTo(1);
        assertThat(suppressions.changed()).isEqualTo(1);
        assertThat(suppressions.same()).isEqualTo(1);
        assertThat(suppressions.outside()).isZero();
        assertThat(suppressions.listed()).isEqualTo(found);
        assertThat(found.get(0).after().getEvidence()).hasSize(1);
        assertThat(found.get(1).fields()).contains("reason", "rule", "commandId", "by", "why", "source");
        assertThat(found.get(2).before().getEvidence().get(0).getOffset()).isEqualTo(1);
    }

    /** Another file with the same rules, and a replay of an archive, say the same of a recipient. */
    @Test
    void whereTheEvidenceStandsAndWhatThePolicyIsCalledMakesNoDifference() {
        Suppression here = decided(JANE, history(gone(1)), END);
        Suppression there = Suppression.newBuilder(
                        decided(JANE, history(evidence("elsewhere", 7, "BAD_MAILBOX", true)), END))
                .setSince(here.getSince())
                .setPolicy("another")
                .setPolicyRevision("0")
                .setProvider("google")
                .build();

        assertThat(SuppressionDifference.isSame(here, there)).isTrue();
        assertThat(SuppressionDifference.isSame(
                        here, Suppression.newBuilder(there).setOccurrence(2).build()))
                .isFalse();
        assertThat(SuppressionDifference.isSame(here, null)).isFalse();
    }

    /** The replay ended when the suppression still held; live has lifted it since. */
    @Test
    void timeThatHasPassedMakesNoDifference() {
        Command ends = new Command(
                "c",
                TwoSides.BEGIN.toEpochMilli(),
                SuppressionAction.ADD,
                SuppressionReason.MANUAL,
                null,
                null,
                END.plusSeconds(1),
                SuppressionSource.OPERATOR,
                "ann",
                "a test",
                null);
        sides.history(sides.live(), JANE, history(ends));
        known(sides.replay(), JANE, END, ends);
        assertThat(decided(JANE, history(ends), END)).isNotNull();
        known(sides.live(), key("joe@example.com"), END, ends);

        Suppressions suppressions = compare(TwoSides.all());

        assertThat(found).isEmpty();
        assertThat(suppressions.same()).as("none on both sides").isZero();
    }

    @Test
    void aTombstoneIsNone() {
        known(sides.live(), JANE, END, gone(1));
        sides.feed(sides.live(), JANE, null);
        known(sides.replay(), JANE, END, gone(1));
        sides.history(sides.replay(), JANE, null);
        sides.feed(sides.replay(), JANE, null);

        assertThat(compare(TwoSides.all()).differences()).isZero();
    }

    @Test
    void ofASpanOnlyRecipientsAreComparedOfWhomNothingElseIsKnown() {
        Instant now = TwoSides.settings().now();
        known(
                sides.live(),
                key("inside@example.com"),
                now,
                gone(1),
                command(SuppressionAction.ADD, END),
                new Acceptance("a", UNTIL.toEpochMilli(), 0));
        known(sides.live(), key("evidence@example.com"), now, gone(1), gone(1_000));
        known(sides.live(), key("topic@example.com"), now, elsewhere());
        known(
                sides.live(),
                key("delivery@example.com"),
                now,
                gone(1),
                new Acceptance("a", UNTIL.toEpochMilli() + 1, 0));
        known(sides.replay(), key("delivery@example.com"), END, gone(1));
        known(sides.live(), key("back@example.com"), now, gone(1), new Contradiction("a", UNTIL.toEpochMilli() + 1, 0));
        known(
                sides.live(),
                key("command@example.com"),
                now,
                gone(1),
                command(SuppressionAction.ADD, END.plusMillis(1)));
        known(
                sides.live(),
                key("removed@example.com"),
                now,
                gone(1),
                command(SuppressionAction.REMOVE, END.plusMillis(1)));
        known(sides.replay(), key("removed@example.com"), END, gone(1));

        Comparison comparison = sides.compare(span(), TwoSides.settings());

        Suppressions suppressions = comparison.suppressions();
        assertThat(suppressions.listed())
                .extracting(difference -> difference.key().address(), SuppressionDifference::kind)
                .containsExactly(tuple("inside@example.com", Kind.LIFTED));
        assertThat(suppressions.outsideBecause())
                .isEqualTo(Map.of(
                        Outside.EVIDENCE,
                        1L,
                        Outside.FAILURE,
                        1L,
                        Outside.DELIVERY,
                        1L,
                        Outside.CONTRADICTION,
                        1L,
                        Outside.COMMAND,
                        2L));
        assertThat(suppressions.outside()).isEqualTo(6);
    }

    /** What a promotion would have changed, and live has learnt something about since, is handed over with that; the rest is counted. */
    @Test
    void whatLiveHasLearntLaterIsHandedOverWithTheDifference() {
        Instant now = TwoSides.settings().now();
        Acceptance later = new Acceptance("a", UNTIL.toEpochMilli() + 1, 0);
        known(sides.live(), key("a-delivered@example.com"), now, soft(1), soft(2), soft(3), later);
        known(sides.live(), key("b-failed@example.com"), now, gone(1), gone(1_000));
        known(sides.live(), key("c-back@example.com"), now, gone(1), new Contradiction("a", later.time(), 0));
        known(
                sides.live(),
                key("d-decided@example.com"),
                now,
                gone(1),
                command(SuppressionAction.ADD, END.plusMillis(1)));
        known(sides.live(), key("e-removed@example.com"), now, command(SuppressionAction.REMOVE, END.plusMillis(1)));
        known(sides.replay(), key("e-removed@example.com"), END, gone(1));
        known(sides.live(), key("f-before@example.com"), now, elsewhere(), gone(1_000));
        known(sides.live(), key("g-new@example.com"), now, gone(1_000));
        known(sides.live(), key("h-same@example.com"), now, gone(1), later);
        known(sides.replay(), key("h-same@example.com"), END, gone(1));

        Suppressions suppressions = compare(span());

        assertThat(found)
                .extracting(one -> one.key().address(), SuppressionDifference::kind, SuppressionDifference::later)
                .containsExactly(
                        tuple("b-failed@example.com", Kind.LIFTED, new Later(Outside.FAILURE, TwoSides.arrival(1_000))),
                        tuple("c-back@example.com", Kind.LIFTED, new Later(Outside.CONTRADICTION, UNTIL.plusMillis(1))),
                        tuple("d-decided@example.com", Kind.LIFTED, new Later(Outside.COMMAND, END.plusMillis(1))),
                        tuple("e-removed@example.com", Kind.ADDED, new Later(Outside.COMMAND, END.plusMillis(1))));
        assertThat(suppressions.outsideBecause())
                .isEqualTo(Map.of(Outside.EVIDENCE, 1L, Outside.FAILURE, 1L, Outside.DELIVERY, 1L));
        assertThat(suppressions.differences()).isZero();
    }

    /** Else what was promoted and taken back could not be promoted once more. */
    @Test
    void whatAPromotionSaidIsNothingThatLiveHasLearnt() {
        Instant now = TwoSides.settings().now();
        Command restored = command(SuppressionAction.ADD, END.plusSeconds(1), SuppressionSource.REPLAY);
        known(sides.live(), JANE, now, command(SuppressionAction.REMOVE, END.plusMillis(1)), restored);

        compare(span());

        assertThat(found).singleElement().satisfies(one -> assertThat(one.kind())
                .isEqualTo(Kind.LIFTED));
    }

    @Test
    void recipientsWhoseEventsWereLeftOutAreNotCompared() {
        known(sides.live(), JANE, END, gone(1));
        known(sides.live(), key("joe@example.org"), END, gone(1));
        Scope filtered =
                new Scope(TwoSides.SOURCE, TwoSides.all().ranges(), null, END, END, true, true, key -> key.address()
                        .endsWith("@example.org"));

        Suppressions suppressions = compare(filtered);

        assertThat(suppressions.lifted()).isEqualTo(1);
        assertThat(suppressions.outsideBecause()).isEqualTo(Map.of(Outside.FILTERED, 1L));
    }

    @Test
    void anErasedAddressIsNotAddedAgain() {
        String standIn = new Erasure("a key for tests only").standIn(JANE.address());
        known(sides.live(), key(standIn), END, command(SuppressionAction.ADD, TwoSides.BEGIN));
        known(sides.replay(), JANE, END, gone(1));
        known(sides.replay(), key(standIn), END, command(SuppressionAction.ADD, TwoSides.BEGIN));

        Suppressions suppressions = compare(TwoSides.all());

        assertThat(found).isEmpty();
        assertThat(suppressions.outsideBecause()).isEqualTo(Map.of(Outside.ERASED, 1L));
    }

    @Test
    void whatCannotBeReadIsCounted() {
        sides.history(sides.replay(), JANE, history(gone(1)));
        sides.topics.append("suppressions", 0, 0, JANE.bytes(), new byte[] {1, 2}, null);
        sides.topics.append("suppressions", 0, 0, "no key".getBytes(), new byte[] {1, 2}, null);

        Suppressions suppressions = compare(TwoSides.all());

        assertThat(suppressions.unreadable()).isEqualTo(2);
        assertThat(suppressions.differences()).isZero();
    }

    /** Against a comparison in memory that decides for both sides. */
    @Property(tries = 60)
    void anySidesDifferAsTheirHistoriesDo(@ForAll long seed) {
        Random random = new Random(seed);
        TwoSides any = new TwoSides(Policies.of(POLICY));
        Instant now = TwoSides.settings().now();
        Map<String, Kind> expected = new TreeMap<>();
        Map<Outside, Long> outside = new EnumMap<>(Outside.class);
        for (int i = 0; i < 20; i++) {
            SuppressionKey key = new SuppressionKey(
                    random.nextBoolean() ? SuppressionList.of("default") : new SuppressionList("acme", "news"),
                    "a" + i + "@example.com");
            History live = random(random);
            History replay = random.nextInt(3) == 0 ? live : random(random);
            // Each is written several times, as before compaction.
            for (History early : new History[] {History.EMPTY, live}) {
                any.history(any.live(), key, early);
                any.feed(any.live(), key, decided(key, early, now));
            }
            any.history(any.replay(), key, replay);
            any.feed(any.replay(), key, decided(key, replay, END));
            Suppression before = decided(key, live, now);
            Suppression after = decided(key, replay, now);
            if (before == null && after == null) {
                continue;
            }
            Outside reason = naiveReason(live) == null ? naiveReason(replay) : naiveReason(live);
            boolean moved = reason != null
                    && reason != Outside.EVIDENCE
                    && naiveReason(live) == reason
                    && naiveReason(replay) != Outside.EVIDENCE
                    && !SuppressionDifference.isSame(before, after)
                    && !SuppressionDifference.isSame(decided(key, withoutLater(live), now), after);
            if (reason != null && !moved) {
                outside.merge(reason, 1L, Long::sum);
            } else if (!SuppressionDifference.isSame(before, after)) {
                expected.put(key.text(), before == null ? Kind.ADDED : after == null ? Kind.LIFTED : Kind.CHANGED);
            }
        }

        Map<String, Kind> differences = new TreeMap<>();
        Suppressions suppressions = any.comparer()
                .suppressionDifferences(
                        any.live(),
                        any.replay(),
                        span(),
                        TwoSides.settings(),
                        Watch.NONE,
                        difference -> differences.put(difference.key().text(), difference.kind()));

        assertThat(differences).isEqualTo(expected);
        assertThat(suppressions.outsideBecause()).isEqualTo(outside);
    }

    private static Outside naiveReason(History history) {
        for (Evidence evidence : history.evidence()) {
            if (!evidence.topic().equals(TwoSides.SOURCE)) {
                return Outside.EVIDENCE;
            }
        }
        for (Evidence evidence : history.evidence()) {
            if (evidence.offset() >= 1_000) {
                return Outside.FAILURE;
            }
        }
        for (Acceptance acceptance : history.acceptances()) {
            if (acceptance.time() > UNTIL.toEpochMilli()) {
                return Outside.DELIVERY;
            }
        }
        return null;
    }

    private static History withoutLater(History history) {
        List<Item> items = new ArrayList<>(history.commands());
        history.evidence().stream().filter(one -> one.offset() < 1_000).forEach(items::add);
        history.acceptances().stream()
                .filter(one -> one.time() <= UNTIL.toEpochMilli())
                .forEach(items::add);
        if (history.removal() != null) {
            items.add(history.removal());
        }
        return history(items.toArray(new Item[0]));
    }

    private static History random(Random random) {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            long offset = random.nextInt(20) == 0 ? 1_000 : random.nextInt(900);
            items.add(
                    switch (random.nextInt(5)) {
                        case 0 ->
                            command(
                                    random.nextBoolean() ? SuppressionAction.ADD : SuppressionAction.REMOVE,
                                    TwoSides.arrival(random.nextInt(900)));
                        case 1 ->
                            new Acceptance(
                                    "a" + offset,
                                    TwoSides.arrival(random.nextInt(3_800)).toEpochMilli(),
                                    0);
                        case 2 -> random.nextInt(10) == 0 ? elsewhere() : soft(offset);
                        default -> gone(offset);
                    });
        }
        return history(items.toArray(new Item[0]));
    }
}
