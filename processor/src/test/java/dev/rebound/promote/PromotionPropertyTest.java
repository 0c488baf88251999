package dev.rebound.promote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.compare.SuppressionDifference;
import dev.rebound.promote.LiveInMemory.Crash;
import dev.rebound.promote.Verdict.Kind;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.Suppression;
import dev.rebound.suppress.AnyItems;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Over any histories, under any two policies. */
class PromotionPropertyTest {

    /** All that happened lies before. */
    private static final long NOW = AnyItems.LATEST + 2;

    private static final Instant AS_OF = Instant.ofEpochMilli(AnyItems.LATEST);
    private static final Issued PROMOTING = new Issued("ann", "the code was wrong", Instant.ofEpochMilli(NOW));
    private static final Issued UNDOING = new Issued("bob", "it was right", Instant.ofEpochMilli(NOW + 1));
    private static final int LOT = 3;

    /** Live and a replay of the same, under other policies. */
    private static final class World {

        private final LiveInMemory live;
        private final Policy replayed;
        private final Map<SuppressionKey, History> histories = new HashMap<>();
        private final Map<SuppressionKey, List<Item>> seen = new HashMap<>();

        /** @param items what happened, of which the replay has not seen some */
        World(List<List<Item>> items, Policy policy, Policy replayed, Random random) {
            this.live = new LiveInMemory(policy, NOW);
            this.replayed = replayed;
            for (int i = 0; i < items.size(); i++) {
                SuppressionKey key = new SuppressionKey(
                        i % 3 == 0 ? new SuppressionList("acme", "news") : SuppressionList.of("acme"),
                        "jo" + i + "@example.org");
                boolean misses = random.nextInt(3) == 0;
                for (Item item : items.get(i)) {
                    live.happened(key, item);
                    if (!misses || random.nextInt(3) > 0) {
                        seen.computeIfAbsent(key, none -> new ArrayList<>()).add(item);
                    }
                }
                histories.put(key, live.histories.getOrDefault(key, History.EMPTY));
            }
        }

        Suppression replay(SuppressionKey key) {
            History history = History.EMPTY;
            for (Item item : seen.getOrDefault(key, List.of())) {
                history = history.with(item);
            }
            return Decision.of(key, history, replayed, NOW).suppression();
        }

        List<SuppressionDifference> differences() {
            return histories.keySet().stream()
                    .sorted((a, b) -> a.text().compareTo(b.text()))
                    .map(key -> new SuppressionDifference(key, live.feed(key), replay(key)))
                    .filter(difference -> !Objects.equals(difference.before(), difference.after()))
                    .toList();
        }

        ReplayInMemory comparison() {
            return new ReplayInMemory(AS_OF, this::differences);
        }

        PromotionReport promote() {
            return new Promotion(live.edges(), LOT).run(comparison(), false, PROMOTING, Watch.NONE);
        }

        RollbackReport rollback() {
            live.timeIs(NOW + 1);
            return new Rollback(live.edges(), LOT).run(false, UNDOING, Watch.NONE);
        }

        Map<String, List<Object>> feed() {
            return histories.keySet().stream()
                    .collect(Collectors.toMap(SuppressionKey::text, key -> says(live.feed(key))));
        }
    }

    /** What a sender notices. */
    private static List<Object> says(Suppression suppression) {
        return suppression == null
                ? List.of()
                : Arrays.asList(
                        suppression.getReason(),
                        suppression.getCategory(),
                        suppression.getScope(),
                        suppression.getSince(),
                        suppression.getExpires());
    }

    private World world(List<List<Item>> items, Policy policy, Policy replayed, long seed) {
        return new World(items, policy, replayed, new Random(seed));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsPromotedIsThenAsInTheReplay(
            @ForAll("items") List<List<Item>> items,
            @ForAll("policies") Policy policy,
            @ForAll("policies") Policy replayed,
            @ForAll long seed) {
        World world = world(items, policy, replayed, seed);
        Map<String, List<Object>> before = world.feed();
        Map<String, Kind> verdicts = new HashMap<>();
        for (SuppressionDifference difference : world.differences()) {
            Verdict verdict = AddressPlan.promote(
                    difference,
                    new LiveAddress(difference.before(), world.histories.get(difference.key()), false),
                    null,
                    Source.of(world.comparison(), PROMOTING));
            verdicts.put(difference.key().text(), verdict.kind());
            Statistics.label("verdicts").collect(verdict.kind(), difference.kind());
        }
        world.promote();

        world.histories.keySet().forEach(key -> {
            boolean done = verdicts.get(key.text()) == Kind.DO;
            assertThat(says(world.live.feed(key))).isEqualTo(done ? says(world.replay(key)) : before.get(key.text()));
        });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theSameAgainWritesNothing(
            @ForAll("items") List<List<Item>> items,
            @ForAll("policies") Policy policy,
            @ForAll("policies") Policy replayed,
            @ForAll long seed) {
        World world = world(items, policy, replayed, seed);
        world.promote();
        Map<SuppressionKey, History> histories = Map.copyOf(world.live.histories);
        Map<String, Promoted> log = Map.copyOf(world.live.log);

        PromotionReport again = world.promote();

        assertThat(again.refused()).isFalse();
        assertThat(again.written()).isZero();
        assertThat(world.live.histories).isEqualTo(histories);
        assertThat(world.live.log).isEqualTo(log);

        world.rollback();
        assertThat(world.rollback().written()).isZero();
    }

    /** Where nothing had to be removed, all is as it was, with the evidence; else what a sender notices is. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsRolledBackIsAsBefore(
            @ForAll("items") List<List<Item>> items,
            @ForAll("policies") Policy policy,
            @ForAll("policies") Policy replayed,
            @ForAll long seed) {
        World world = world(items, policy, replayed, seed);
        Map<SuppressionKey, Suppression> before = new HashMap<>();
        world.histories.keySet().forEach(key -> before.put(key, world.live.feed(key)));
        world.promote();
        RollbackReport report = world.rollback();

        assertThat(report.refused()).isFalse();
        assertThat(world.live.log.values()).allMatch(item -> item.getState() == PromotedState.ROLLED_BACK);
        world.histories.forEach((key, history) -> {
            Promoted item = world.live.log.get(key.text());
            Suppression restored = world.live.feed(key);
            if (item == null || item.getRemoval() == null) {
                assertThat(restored)
                        .isEqualTo(Decision.of(key, history, policy, NOW + 1).suppression());
            } else {
                boolean lasts = AddressPlan.isInForce(before.get(key), UNDOING.at());
                assertThat(says(restored)).isEqualTo(lasts ? says(before.get(key)) : List.of());
            }
        });
    }

    /** A crash at any write, in a promotion and then in its undoing, is made good by the same again. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatCrashesIsContinued(
            @ForAll("items") List<List<Item>> items,
            @ForAll("policies") Policy policy,
            @ForAll("policies") Policy replayed,
            @ForAll long seed) {
        World smooth = world(items, policy, replayed, seed);
        smooth.promote();
        World rough = world(items, policy, replayed, seed);
        Random random = new Random(seed);
        untilItEnds(rough.live, random, rough::promote);
        assertThat(rough.live.log).isEqualTo(smooth.live.log);
        assertThat(rough.live.histories).isEqualTo(smooth.live.histories);

        smooth.rollback();
        untilItEnds(rough.live, random, rough::rollback);
        assertThat(rough.live.log).isEqualTo(smooth.live.log);
        assertThat(rough.live.histories).isEqualTo(smooth.live.histories);
    }

    /** Undone from wherever it crashed, it is as if it had been promoted and undone. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatCrashedCanBeUndone(
            @ForAll("items") List<List<Item>> items,
            @ForAll("policies") Policy policy,
            @ForAll("policies") Policy replayed,
            @ForAll long seed) {
        World world = world(items, policy, replayed, seed);
        world.live.crashAfter(new Random(seed).nextInt(8));
        boolean crashed = false;
        try {
            world.promote();
        } catch (Crash e) {
            crashed = true;
        }
        Statistics.label("crashed").collect(crashed);
        world.live.crashAfter(Integer.MAX_VALUE / 2);
        world.rollback();

        world.histories.forEach((key, history) -> {
            Promoted item = world.live.log.get(key.text());
            if (item == null || item.getRemoval() == null) {
                assertThat(world.live.feed(key))
                        .isEqualTo(Decision.of(key, history, policy, NOW + 1).suppression());
            } else {
                boolean lasts = AddressPlan.isInForce(item.getBefore(), UNDOING.at());
                assertThat(says(world.live.feed(key))).isEqualTo(lasts ? says(item.getBefore()) : List.of());
            }
        });
    }

    private static void untilItEnds(LiveInMemory live, Random random, Runnable work) {
        boolean ended = false;
        // What is done together has to fit in between two crashes some time.
        for (int attempts = 1; !ended; attempts++) {
            live.crashAfter(random.nextInt(6 * attempts));
            try {
                work.run();
                ended = true;
            } catch (Crash e) {
                ended = false;
            }
        }
        live.crashAfter(Integer.MAX_VALUE / 2);
    }

    @Provide
    Arbitrary<List<List<Item>>> items() {
        return AnyItems.items(10).list().ofMinSize(4).ofMaxSize(12);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return AnyItems.lastingPolicies();
    }
}
