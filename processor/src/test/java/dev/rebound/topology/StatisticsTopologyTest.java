package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.FLUSH;
import static dev.rebound.topology.ReboundDriver.NOW;
import static dev.rebound.topology.ReboundDriver.ROLL_UP;
import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ProviderStats;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTopologyTest {

    @Test
    void eventsAreFoldedBeforeTheyMoveOn() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            IntStream.range(0, 100).forEach(i -> rebound.send(bounce().setReply("550 5.1.1")));
            IntStream.range(0, 50).forEach(i -> rebound.send(bounce().setReply("452 4.2.2")));
            rebound.send(bounce().setReply("550 what"));
            assertThat(rebound.records(rebound.topics.domainStats())).isEmpty();
            rebound.advanceUntilCounted();
            assertThat(rebound.records(rebound.topics.domainStats())).hasSize(3);
            assertThat(rebound.records(rebound.topics.providerStats())).hasSize(3);
            DomainStats stats =
                    rebound.stats(WindowSize.MINUTE).values().iterator().next();
            assertThat(stats.getHard()).isEqualTo(101);
            assertThat(stats.getSoft()).isEqualTo(50);
            assertThat(stats.getUnclassified()).isEqualTo(1);
            assertThat(stats.getCategories())
                    .isEqualTo(Map.of("BAD_MAILBOX", 100L, "MAILBOX_FULL", 50L, "UNDETERMINED", 1L));
        }
    }

    @Test
    void rowsOfAllSizesFollowWhenSumsAreGathered() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (int second = 0; second < 120; second++) {
                rebound.send(bounce().setReply("550 5.1.1").setEventTime(NOW.plusSeconds(second)));
            }
            rebound.advance(FLUSH);
            assertThat(rebound.stats()).isEmpty();
            rebound.advance(ROLL_UP);
            assertThat(rebound.stats(WindowSize.MINUTE)).hasSize(2);
            assertThat(rebound.records(rebound.topics.domainStats())).hasSize(4);
            assertThat(rebound.stats()
                            .get("default|example.com|PT1H|2026-03-01T12:00:00Z")
                            .getHard())
                    .isEqualTo(120);
            assertThat(rebound.stats()
                            .get("default|example.com|P1D|2026-03-01T00:00:00Z")
                            .getHard())
                    .isEqualTo(120);
        }
    }

    @Test
    void hoursAndDaysTellMoreThanCounts() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (int i = 0; i < 100; i++) {
                rebound.send(bounce().setRecipient("r" + i % 10 + "@example.com")
                        .setOutcome(Outcome.DELIVERED)
                        .setAttempt(1 + i / 95)
                        .setQueuedAt(NOW.minusSeconds(i < 95 ? 2 : 600)));
            }
            rebound.advanceUntilCounted();

            DomainStats minute = rebound.stats().get("default|example.com|PT1M|2026-03-01T12:00:00Z");
            assertThat(minute.getTimeToDeliver()).isNull();
            assertThat(minute.getRecipients()).isNull();
            for (String window : new String[] {"PT1H|2026-03-01T12:00:00Z", "P1D|2026-03-01T00:00:00Z"}) {
                DomainStats stats = rebound.stats().get("default|example.com|" + window);
                assertThat(stats.getRecipients()).isEqualTo(10);
                assertThat(stats.getTimeToDeliver().getCount()).isEqualTo(100);
                assertThat(stats.getTimeToDeliver().getP50()).isBetween(1.96, 2.04);
                assertThat(stats.getTimeToDeliver().getP99()).isBetween(588.0, 612.0);
                assertThat(stats.getAttemptsPerMessage().getP90()).isBetween(0.98, 1.02);
                assertThat(stats.getAttemptsPerMessage().getP99()).isBetween(1.96, 2.04);
            }
        }
    }

    @Test
    void domainsOfAProviderAreCountedTogetherAndThoseOfNobodyKnownAsUnknown() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setRemoteHost("gmail-smtp-in.l.google.com").setRecipient("a@one.example"));
            rebound.send(bounce().setRemoteHost("aspmx.l.google.com").setRecipient("a@two.example"));
            rebound.send(bounce().setRecipient("a@three.example"));
            rebound.advanceUntilCounted();

            Map<String, ProviderStats> providers = rebound.providerStats();
            assertThat(providers.get("default|google|PT1H|2026-03-01T12:00:00Z").getHard())
                    .isEqualTo(0);
            assertThat(providers.get("default|google|PT1H|2026-03-01T12:00:00Z").getSoft())
                    .isEqualTo(2);
            assertThat(providers.get("default|unknown|P1D|2026-03-01T00:00:00Z").getSoft())
                    .isEqualTo(1);
            assertThat(rebound.stats(WindowSize.DAY).values())
                    .extracting(DomainStats::getProvider)
                    .containsExactlyInAnyOrder("google", "google", null);
        }
    }

    @Test
    void aWindowThatWasLaidAwayContinuesInTheNextPart() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setReply("550 5.1.1"));
            rebound.advanceUntilCounted();
            rebound.advance(Duration.ofHours(8));
            rebound.send(bounce().setReply("550 5.1.1"));
            rebound.send(bounce().setReply("550 5.1.1").setEventTime(NOW.plus(Duration.ofHours(8))));
            rebound.advanceUntilCounted();
            assertThat(rebound.stats().keySet())
                    .containsExactlyInAnyOrder(
                            "default|example.com|PT1M|2026-03-01T12:00:00Z",
                            "default|example.com|PT1M|2026-03-01T12:00:00Z|1",
                            "default|example.com|PT1M|2026-03-01T20:00:00Z",
                            "default|example.com|PT1H|2026-03-01T12:00:00Z",
                            "default|example.com|PT1H|2026-03-01T20:00:00Z",
                            "default|example.com|P1D|2026-03-01T00:00:00Z");
        }
    }

    @Test
    void rowsOfLongerWindowsStayLongerAndKeepTheirDetails() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            deliver(rebound, "a", "b", "c");
            advanceDays(rebound, 4);
            deliver(rebound, "c", "d");
            advanceDays(rebound, 4);
            deliver(rebound, "d", "e");
            advanceDays(rebound, 31);
            deliver(rebound, "e", "f");

            Map<String, DomainStats> stats = rebound.stats();
            assertThat(stats.get("default|example.com|PT1M|2026-03-01T12:00:00Z|3")
                            .getDelivered())
                    .as("minutes are laid away after hours")
                    .isEqualTo(2);
            String hour = "default|example.com|PT1H|2026-03-01T12:00:00Z";
            assertDetails(stats.get(hour), 3, 3);
            assertDetails(stats.get(hour + "|1"), 2, 2);
            assertDetails(stats.get(hour + "|2"), 2, 2);
            assertDetails(stats.get(hour + "|3"), 2, 2);
            String day = "default|example.com|P1D|2026-03-01T00:00:00Z";
            assertDetails(stats.get(day), 7, 5);
            assertDetails(stats.get(day + "|1"), 2, 2);
            assertThat(stats).doesNotContainKey(day + "|2");
            assertThat(rebound.providerStats())
                    .containsKeys(
                            "default|unknown|PT1H|2026-03-01T12:00:00Z|3",
                            "default|unknown|P1D|2026-03-01T00:00:00Z|1");
        }
    }

    private static void deliver(ReboundDriver rebound, String... recipients) {
        for (String recipient : recipients) {
            rebound.send(bounce().setRecipient(recipient + "@example.com")
                    .setOutcome(Outcome.DELIVERED)
                    .setQueuedAt(NOW.minusSeconds(5)));
        }
        rebound.advanceUntilCounted();
    }

    private static void assertDetails(DomainStats stats, long deliveries, long recipients) {
        assertThat(stats.getDelivered()).isEqualTo(deliveries);
        assertThat(stats.getTimeToDeliver().getCount()).isEqualTo(deliveries);
        assertThat(stats.getTimeToDeliver().getP50()).isBetween(4.9, 5.1);
        assertThat(stats.getRecipients()).isEqualTo(recipients);
    }

    /** What is laid away frees its place: nothing of a window is left but that it was there. */
    @Test
    void storesAreEmptiedOfWhatNobodyTouches() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (int i = 0; i < 20; i++) {
                rebound.send(bounce().setRecipient("a@d" + i + ".example").setReply("550 5.1.1"));
            }
            rebound.advanceUntilCounted();
            assertThat(rebound.stored(StatisticsRows.COUNTS)).hasSize(3 * 21);
            assertThat(rebound.stored(StatisticsRows.DETAILS)).hasSize(2 * 21);
            assertThat(rebound.stored(Steps.DOMAINS_OF_DAY_STORE)).hasSize(1);

            advanceDays(rebound, 31);
            assertThat(rebound.stored(StatisticsRows.COUNTS)).isEmpty();
            assertThat(rebound.stored(StatisticsRows.DETAILS)).isEmpty();
            assertThat(rebound.stored(Steps.DOMAINS_OF_DAY_STORE)).isEmpty();
            assertThat(rebound.stored(Steps.LAID_AWAY_STORE)).hasSize(3);
        }
    }

    private static void advanceDays(ReboundDriver rebound, int days) {
        for (int hours = 0; hours < days * 24; hours += 2) {
            rebound.advance(Duration.ofHours(2));
        }
    }

    @Test
    void aDomainBeyondTheMostHasNoRowsOfItsOwnThatDayWhateverTheWindow() {
        try (ReboundDriver rebound = ReboundDriver.counting(ReboundDriver.statistics(2))) {
            for (String domain : new String[] {"one", "two", "three", "four", "three", "one"}) {
                rebound.send(bounce().setRecipient("a@" + domain + ".example").setReply("550 5.1.1"));
                rebound.advance(FLUSH);
            }
            rebound.send(bounce().setRecipient("a@three.example")
                    .setReply("550 5.1.1")
                    .setEventTime(NOW.plusSeconds(86_400)));
            rebound.send(
                    bounce().setTenant("acme").setRecipient("a@three.example").setReply("550 5.1.1"));
            rebound.advanceUntilCounted();

            assertThat(rebound.counted(Subject.Kind.DOMAIN).windows().entrySet().stream()
                            .filter(window -> window.getKey().startsWith("P1D"))
                            .map(window ->
                                    window.getKey() + ' ' + window.getValue().get("hard")))
                    .containsExactly(
                            "P1D 2026-03-01T00:00:00Z acme three.example 1",
                            "P1D 2026-03-01T00:00:00Z default (other) 3",
                            "P1D 2026-03-01T00:00:00Z default one.example 2",
                            "P1D 2026-03-01T00:00:00Z default two.example 1",
                            "P1D 2026-03-02T00:00:00Z default three.example 1");
            assertThat(rebound.stats()
                            .get("default|(other)|PT1H|2026-03-01T12:00:00Z")
                            .getRecipients())
                    .isEqualTo(2);
        }
    }

    @Test
    void aTaskThatIsRestartedGoesOnWithWhatItHadNotPassedOn() {
        ReboundDriver rebound = ReboundDriver.withShippedCodes();
        rebound.send(bounce().setReply("550 5.1.1"));
        rebound.advance(FLUSH);
        rebound.send(bounce().setReply("550 5.1.1"));
        assertThat(rebound.stats()).as("gathered").isEmpty();

        try (ReboundDriver restarted = rebound.restarted()) {
            restarted.advanceUntilCounted();
            assertThat(restarted
                            .stats()
                            .get("default|example.com|PT1M|2026-03-01T12:00:00Z")
                            .getHard())
                    .isEqualTo(2);
            assertThat(restarted
                            .stats()
                            .get("default|example.com|P1D|2026-03-01T00:00:00Z")
                            .getHard())
                    .isEqualTo(2);
        }
    }
}
