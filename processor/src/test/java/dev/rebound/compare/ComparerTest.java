package dev.rebound.compare;

import static dev.rebound.compare.TwoSides.classification;
import static dev.rebound.schema.BounceType.HARD;
import static dev.rebound.schema.BounceType.SOFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rebound.compare.Comparison.Change;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.compare.Comparison.Domain;
import dev.rebound.compare.Comparison.Events;
import dev.rebound.compare.Comparison.Keys;
import dev.rebound.compare.Comparison.Move;
import dev.rebound.compare.Comparison.Verdict;
import dev.rebound.ingest.Progress;
import dev.rebound.schema.Classification;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Presets;
import dev.rebound.suppressions.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparerTest {

    private final TwoSides sides = new TwoSides(Policies.of(Presets.get(Presets.DEFAULT)));

    private static Classification hard() {
        return classification(HARD, "BAD_MAILBOX").build();
    }

    private static Classification soft() {
        return classification(SOFT, "MAILBOX_FULL").setRule("full").build();
    }

    private void both(int partition, long offset, Classification before, Classification after) {
        sides.write(sides.live(), partition, offset, before);
        sides.write(sides.replay(), partition, offset, after);
    }

    private Events compare(Scope scope) {
        return sides.compare(scope, TwoSides.settings()).events();
    }

    @Test
    void nothingDiffersWhereOnlyTheTablesPositionDoes() {
        for (int i = 0; i < 40; i++) {
            both(
                    i % 2,
                    i,
                    hard(),
                    classification(HARD, "BAD_MAILBOX").setTablePosition(99).build());
        }

        Events events = compare(TwoSides.all());

        assertThat(events.compared()).isEqualTo(40);
        assertThat(events.changed()).isZero();
        assertThat(events.onlyBefore() + events.onlyAfter()).isZero();
        assertThat(events.moved()).isEmpty();
        assertThat(events.domains()).isEmpty();
    }

    @Test
    void eventsThatWentToAnotherTopicAreFoundWithWhatFollows() {
        both(0, 1, hard(), hard());
        both(0, 2, hard(), soft());
        both(1, 3, hard(), soft());
        both(1, 4, soft(), hard());
        both(
                1,
                5,
                hard(),
                classification(HARD, "BAD_MAILBOX").setProvider("google").build());

        Comparison comparison = sides.compare(TwoSides.all(), TwoSides.settings());

        Events events = comparison.events();
        assertThat(events.compared()).isEqualTo(5);
        assertThat(events.changed()).isEqualTo(4);
        assertThat(events.moved()).containsExactly(new Move("hard", "soft", 2), new Move("soft", "hard", 1));
        assertThat(events.categories())
                .containsExactly(
                        new Move("BAD_MAILBOX", "MAILBOX_FULL", 2), new Move("MAILBOX_FULL", "BAD_MAILBOX", 1));
        assertThat(events.rules()).containsExactly(new Move("5.1.1", "full", 2), new Move("full", "5.1.1", 1));
        assertThat(events.providers()).containsExactly(new Move("none", "google", 1));
        assertThat(events.becameGone()).isEqualTo(1);
        assertThat(events.noLongerGone()).isEqualTo(2);
        assertThat(events.fields())
                .isEqualTo(Map.of("bounceType", 3L, "category", 3L, "rule", 3L, "recipientGone", 3L, "provider", 1L));
        assertThat(comparison.statistics().days())
                .containsExactly(new Day(
                        "example.com",
                        LocalDate.of(2026, 3, 1),
                        Map.of("hard", new Change(3, 2), "soft", new Change(1, 2)),
                        Map.of("BAD_MAILBOX", new Change(3, 2), "MAILBOX_FULL", new Change(1, 2))));
    }

    @Test
    void samplesNameTheirSourceAndNoRecipient() {
        both(
                1,
                3,
                hard(),
                classification(HARD, "BAD_MAILBOX").setProvider("google").build());
        for (int i = 4; i < 9; i++) {
            both(1, i, hard(), soft());
        }

        Domain domain = compare(TwoSides.all()).domains().get(0);

        assertThat(domain.domain()).isEqualTo("example.com");
        assertThat(domain.changed()).isEqualTo(6);
        assertThat(domain.moved()).isEqualTo(5);
        assertThat(domain.samples()).as("moved ones first").hasSize(3).allSatisfy(sample -> assertThat(sample.after())
                .isEqualTo(new Verdict("soft", "MAILBOX_FULL", "full", "5.1.1", null, false)));
        assertThat(domain.samples().get(0).source().offset()).isEqualTo(4);
        assertThat(domain.samples().get(0).reply()).isEqualTo("550 5.1.1 no such user ***");
    }

    @Test
    void domainsBeyondTheBoundAreCountedTogether() {
        for (int i = 0; i < 6; i++) {
            String domain = "d" + i % 3 + ".example";
            both(
                    0,
                    i,
                    classification(HARD, "BAD_MAILBOX")
                            .setReceivingDomain(domain)
                            .build(),
                    classification(SOFT, "MAILBOX_FULL")
                            .setReceivingDomain(domain)
                            .build());
        }
        Settings settings =
                new Settings(TwoSides.BEGIN, 1, 2, 1, 1, 1 << 20, Duration.ofDays(1), false, Path.of("target"));

        Comparison comparison = sides.compare(TwoSides.all(), settings);

        assertThat(comparison.events().domains())
                .extracting(Domain::domain, Domain::changed)
                .containsExactly(tuple("d0.example", 2L), tuple("d1.example", 2L), tuple(Comparison.OTHER, 2L));
        assertThat(comparison.statistics().days()).hasSize(1);
        assertThat(comparison.statistics().otherEvents()).isEqualTo(4);
    }

    @Test
    void whatOnlyOneSideHasIsCountedAndHasNotMoved() {
        both(0, 1, hard(), hard());
        sides.write(sides.live(), 0, 2, hard());
        sides.write(sides.replay(), 1, 3, soft());
        sides.write(sides.replay(), 1, 4, soft());

        Events events = compare(TwoSides.all());

        assertThat(events.compared()).isEqualTo(1);
        assertThat(events.changed()).isZero();
        assertThat(events.onlyBefore()).isEqualTo(1);
        assertThat(events.onlyAfter()).isEqualTo(2);
    }

    /** Live goes on before and after the span, in other topics with the same names, too. */
    @Test
    void onlyTheSpanIsReadOfLive() {
        Scope span = new Scope(
                TwoSides.SOURCE,
                Map.of(0, new Scope.Range(2_000, 2_010)),
                TwoSides.arrival(2_000),
                TwoSides.arrival(2_010),
                TwoSides.arrival(2_010),
                false,
                false,
                key -> true);
        for (int i = 0; i < 4_000; i += 5) {
            sides.write(sides.live(), 0, i, hard());
        }
        sides.write(sides.live(), 0, 1, 2_005, TwoSides.event(1, 2_005, null), hard());
        for (int i = 0; i < 100; i++) {
            sides.write(sides.live(), 0, 200_000 + i, hard());
        }
        sides.write(sides.replay(), 0, 2_000, hard());
        sides.write(sides.replay(), 0, 2_005, soft());

        Events events = compare(span);

        assertThat(events.compared()).isEqualTo(2);
        assertThat(events.changed()).isEqualTo(1);
        assertThat(events.onlyBefore() + events.onlyAfter()).isZero();
        assertThat(sides.topics.firstSought()).as("where reading began").isBetween(250L, 400L);
        assertThat(sides.topics.furthestRead()).as("where it ended").isLessThan(1_010);
    }

    @Test
    void anEventThatWasRekeyedIsFoundInItsOwnPartition() {
        sides.write(sides.live(), 1, 0, 7, TwoSides.event(0, 7, null), hard());
        sides.write(sides.live(), 1, 1, 3, TwoSides.event(1, 3, null), hard());
        sides.write(sides.replay(), 1, 1, 3, TwoSides.event(1, 3, null), hard());
        sides.write(sides.replay(), 1, 0, 7, TwoSides.event(0, 7, null), soft());

        assertThat(compare(TwoSides.all()).changed()).isEqualTo(1);
    }

    /** One that had a key of another form went through a repartition back to where it was, and was overtaken. */
    @Test
    void eventsOfAPartitionNeedNotBeInOrder() {
        for (int offset : new int[] {2, 3, 4, 1, 5, 0}) {
            sides.write(sides.live(), 0, offset, hard());
        }
        for (int offset = 0; offset < 6; offset++) {
            sides.write(sides.replay(), 0, offset, soft());
        }

        Events events = compare(TwoSides.all());

        assertThat(events.changed()).isEqualTo(6);
        assertThat(events.onlyBefore() + events.onlyAfter()).isZero();
    }

    @Test
    void whatCannotBeMatchedIsCounted() {
        both(0, 1, hard(), hard());
        sides.topics.append("deliveries", 0, 0, null, new byte[] {0}, new RecordHeaders());
        sides.topics.append(
                "deliveries",
                1,
                0,
                null,
                new byte[] {9},
                new RecordHeaders().add("rebound.source", "delivery-events/1/6@0".getBytes()));
        sides.write(sides.replay(), 1, 6, hard());

        Events events = compare(TwoSides.all());

        assertThat(events.compared()).isEqualTo(1);
        assertThat(events.withoutSource()).isEqualTo(1);
        assertThat(events.unreadable()).isEqualTo(1);
        assertThat(events.onlyBefore() + events.onlyAfter()).isZero();
    }

    @Test
    void finalValuesOfStatisticsAreComparedByKey() {
        for (Side side : List.of(sides.live(), sides.replay())) {
            sides.statistics(side, "same.example", 1);
            sides.statistics(side, "same.example", 2);
        }
        sides.statistics(sides.live(), "differs.example", 1);
        sides.statistics(sides.replay(), "differs.example", 2);
        sides.statistics(sides.replay(), "new.example", 2);

        Comparison comparison =
                sides.compare(TwoSides.all(), TwoSides.settings().withStatisticsByKey());

        assertThat(comparison.statistics().byKey())
                .containsExactly(
                        new Keys(
                                "domain-stats",
                                1,
                                1,
                                0,
                                1,
                                List.of("default|differs.example|P1D|0", "default|new.example|P1D|0")),
                        new Keys("provider-stats", 0, 0, 0, 0, List.of()));
    }

    @Test
    void topicsThatCannotBeMatchedAreRefused() {
        sides.topics.topic("bounces-soft", 3);

        assertThatThrownBy(() -> compare(TwoSides.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topic bounces-soft has 3 partitions and deliveries has 2");
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        sides.topics.topic("replay.march.complaints", 0);

        assertThatThrownBy(() -> compare(TwoSides.all()))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessage("topic replay.march.complaints is not there");
        assertThat(sides.topics.areReleased()).isTrue();
    }

    @Test
    void stoppingLeavesNothingBehind(@TempDir Path directory) throws IOException {
        for (int i = 0; i < 100; i++) {
            sides.write(sides.live(), 0, i, hard());
        }
        Settings settings = TwoSides.settings().withHeldBytes(0).withScratch(directory);
        AtomicInteger asked = new AtomicInteger();
        Watch stopsSoon = new Watch(Progress.none(), () -> asked.incrementAndGet() > 20);

        assertThatThrownBy(() ->
                        sides.comparer().compare(sides.live(), sides.replay(), TwoSides.all(), settings, stopsSoon))
                .isInstanceOf(CancellationException.class);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(sides.topics.areReleased()).isTrue();
    }
}
