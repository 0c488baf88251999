package dev.rebound.lookup;

import static dev.rebound.lookup.FakeCluster.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.lookup.StatisticsLookups.Found;
import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Counts.Counter;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Subject.Kind;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistics of all partitions, asked of any instance. */
class StatisticsLookupsTest {

    private static final Frame ALL = new Frame(Span.ALL, null);

    private final FakeCluster cluster = new FakeCluster(3, 8);

    private static Frame frame(Instant from, Instant to) {
        return new Frame(new Span(from.toEpochMilli(), to.toEpochMilli()), null);
    }

    private static Frame parsed(StatisticsLookups lookups, String from, String to) throws Exception {
        return lookups.frame(from, to, null, "");
    }

    @Test
    void everyInstanceAnswersForAllSubjects() {
        for (int i = 0; i < 40; i++) {
            cluster.counted(Mail.to("d" + i + ".example").with("p" + i % 5).delivered());
        }
        for (int instance = 0; instance < 3; instance++) {
            StatisticsLookups lookups = cluster.statistics(instance);

            assertThat(lookups.byName(Kind.DOMAIN, ALL).value()).hasSize(40);
            assertThat(lookups.byName(Kind.PROVIDER, ALL).value()).hasSize(5).allSatisfy((name, counts) -> assertThat(
                            counts.get(Counter.DELIVERED))
                    .isEqualTo(8));
            assertThat(lookups.totals(ALL).value().attempts()).isEqualTo(40);
            assertThat(lookups.totals(ALL).staleness()).isEmpty();
        }
        assertThat(cluster.asked()).isNotEmpty();
    }

    @Test
    void tenantsOfADomainMeetAlthoughTheirRowsAreElsewhere() {
        Set<Integer> partitions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            cluster.counted(
                    Mail.to("example.org").of("t" + i).delivered(),
                    Mail.to("example.org").of("t" + i).hard());
            partitions.add(cluster.partition(
                    RowKey.around(Subject.domain("t" + i, "example.org"), WindowSize.DAY, NOW.toEpochMilli())));
        }
        assertThat(partitions).hasSizeGreaterThan(3);
        StatisticsLookups lookups = cluster.statistics(1);

        assertThat(lookups.byName(Kind.DOMAIN, ALL).value())
                .hasEntrySatisfying(
                        "example.org", counts -> assertThat(counts.attempts()).isEqualTo(40))
                .hasSize(1);
        assertThat(lookups.details(Kind.DOMAIN, "example.org", ALL)
                        .value()
                        .replies()
                        .top())
                .singleElement()
                .satisfies(reply -> assertThat(reply.events()).isEqualTo(20));
        Frame one = new Frame(Span.ALL, "t7");
        assertThat(lookups.byName(Kind.DOMAIN, one).value().get("example.org").attempts())
                .isEqualTo(2);
        assertThat(lookups.totals(one).value().attempts()).isEqualTo(2);
        assertThat(lookups.totals(new Frame(Span.ALL, "nobody")).value().attempts())
                .isZero();
    }

    @Test
    void namesThatBeginAlikeAreTwo() {
        cluster.counted(
                Mail.to("example.co").delivered(),
                Mail.to("example.com").delivered(),
                Mail.to("example.com").delivered(),
                Mail.to("example.com.au").delivered());
        StatisticsLookups lookups = cluster.statistics(0);

        Map<String, Counts> found = lookups.byName(Kind.DOMAIN, List.of("example.com", "nowhere.example"), ALL)
                .value();

        assertThat(found).containsOnlyKeys("example.com");
        assertThat(found.get("example.com").attempts()).isEqualTo(2);
        assertThat(lookups.byName(Kind.PROVIDER, List.of("example.com"), ALL).value())
                .isEmpty();
        assertThat(lookups.byName(Kind.DOMAIN, List.of(), ALL).value()).isEmpty();
    }

    /** Rows are passed over by seeking the next window, behind which there must be one. */
    @Test
    void aNameIsFoundAmongOthersInTheLastWindowThatThereCanBe() {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
        cluster.counted(
                Mail.to("b.example").at(last).delivered(),
                Mail.to("a.example").at(last).delivered(),
                Mail.to("c.example").at(last).delivered(),
                Mail.to("b.example").delivered());
        FakeCluster one = new FakeCluster(1, 1)
                .counted(
                        Mail.to("a.example").at(last).delivered(),
                        Mail.to("b.example").at(last).delivered());

        assertThat(cluster.statistics(0)
                        .byName(Kind.DOMAIN, List.of("b.example"), ALL)
                        .value()
                        .get("b.example")
                        .attempts())
                .isEqualTo(2);
        assertThat(one.statistics(0)
                        .byName(Kind.DOMAIN, List.of("a.example"), ALL)
                        .value()
                        .get("a.example")
                        .attempts())
                .isEqualTo(1);
    }

    @Test
    void domainsAreTheirProvidersTotals() {
        for (int i = 0; i < 60; i++) {
            Mail mail = Mail.to("d" + i % 7 + ".example").with(i % 3 == 0 ? null : "p" + i % 3);
            cluster.counted(i % 4 == 0 ? mail.deferred() : mail.delivered());
        }
        StatisticsLookups lookups = cluster.statistics(2);

        long domains = lookups.byName(Kind.DOMAIN, ALL).value().values().stream()
                .mapToLong(Counts::attempts)
                .sum();
        Map<String, Counts> providers = lookups.byName(Kind.PROVIDER, ALL).value();

        assertThat(domains).isEqualTo(60);
        assertThat(providers).containsOnlyKeys("p1", "p2", Subject.UNKNOWN_PROVIDER);
        assertThat(providers.values().stream().mapToLong(Counts::attempts).sum())
                .isEqualTo(60);
        assertThat(lookups.totals(ALL).value().bytes())
                .isEqualTo(sum(providers.values()).bytes());
    }

    private static Counts sum(Iterable<Counts> parts) {
        Counts sum = new Counts();
        parts.forEach(sum::add);
        return sum;
    }

    @Test
    void aCopyAnswersForAnInstanceThatIsDownAndSaysSo() {
        FakeCluster two = new FakeCluster(2, 2).withStandbys();
        for (int i = 0; i < 10; i++) {
            two.counted(Mail.to("d" + i + ".example").with("p" + i).delivered());
        }
        two.stop(1);

        Found<Map<String, Counts>> found = two.statistics(0).byName(Kind.DOMAIN, ALL);

        assertThat(found.value()).hasSize(10);
        assertThat(found.staleness()).singleElement().satisfies(stale -> {
            assertThat(stale.partition()).isEqualTo(1);
            assertThat(stale.reason()).isEqualTo(Staleness.Reason.STANDBY);
        });
    }

    @Test
    void aPartThatNobodyHasIsNotLeftOut() {
        FakeCluster two = new FakeCluster(2, 2);
        two.stop(1);
        StatisticsLookups lookups = two.statistics(0);

        assertThatThrownBy(() -> lookups.totals(ALL))
                .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.why())
                        .isEqualTo(UnavailableException.Why.NOBODY_HOLDS))
                .hasMessageContaining("partition 1");
        assertThatThrownBy(lookups::watermark).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> lookups.details(Kind.DOMAIN, "example.org", ALL))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void anInstanceThatStartsOrHasStoppedIsNotReady() {
        StatisticsLookups starting = new StatisticsLookups(
                () -> null, new PeerSettings("http", null, 10_000), FakeCluster.SETTINGS, Clock.systemUTC());
        StatisticsLookups stopped = cluster.statistics(0);
        stopped.close();

        for (StatisticsLookups lookups : List.of(starting, stopped)) {
            assertThatThrownBy(() -> lookups.totals(ALL))
                    .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isNotReady())
                            .isTrue());
        }
    }

    @Test
    void aPeerAnswersFromWhatItHoldsAndAboutStatisticsOnly() throws Exception {
        SumsWanted wanted =
                new SumsWanted(Kind.DOMAIN, List.of(), null, Span.ALL, WindowSize.MINUTE, true, false, null, false);
        String sums = Wire.question(new Question.Sums(1, wanted), true);
        String keys = Wire.question(new Question.Keys(1, List.of("default|kim@example.org")), true);

        assertThat(cluster.statistics(0).answerPeer(sums)).isEmpty();
        assertThat(cluster.statistics(1).answerPeer(sums)).isPresent();
        assertThat(cluster.asked()).isEmpty();
        StatisticsLookups statistics = cluster.statistics(1);
        assertThatThrownBy(() -> statistics.answerPeer(keys)).isInstanceOf(InvalidLookupException.class);
        SuppressionLookups suppressions = cluster.lookups(1);
        assertThatThrownBy(() -> suppressions.answerPeer(sums)).isInstanceOf(InvalidLookupException.class);
    }

    @Test
    void theWatermarkIsTheLatestOfAllSubjectsInAMinute() {
        FakeCluster one = new FakeCluster(1, 1);
        assertThat(one.statistics(0).watermark()).isEmpty();
        one.counted(
                Mail.to("a.example").with("a").at(NOW.minusSeconds(50)).delivered(),
                Mail.to("b.example").with("b").at(NOW.minusSeconds(10)).delivered(),
                Mail.to("c.example").with("c").at(NOW.minusSeconds(40)).delivered());

        assertThat(one.statistics(0).watermark()).hasValue(NOW.minusSeconds(10));
    }

    @Test
    void theWatermarkIsNotOfTheFuture() {
        Instant before = NOW.minus(Duration.ofDays(1));
        cluster.counted(
                Mail.to("a.example").at(before).delivered(),
                Mail.to("a.example").at(NOW.plusSeconds(7_000)).delivered(),
                Mail.to("b.example").at(NOW.plus(Duration.ofDays(400))).delivered());

        assertThat(cluster.statistics(0).watermark()).hasValue(before);
    }

    @Test
    void theWatermarkOutlivesTheRowsOfMinutes() {
        Instant latest = NOW.minus(Duration.ofDays(5));
        cluster.counted(Mail.to("a.example").at(latest).delivered()).withoutMinutes();
        assertThat(cluster.statistics(0).watermark()).hasValue(latest);

        cluster.counted(Mail.to("b.example").at(NOW.minus(Duration.ofDays(9))).delivered());
        assertThat(cluster.statistics(0).watermark()).hasValue(latest);
    }

    /** A row of a day is there before anything is added to it. */
    @Test
    void aRowWithoutEventsIsNothing() {
        cluster.counted(RowKey.around(Subject.domain("default", "example.org"), WindowSize.DAY, 0), new Sums());

        assertThat(cluster.statistics(0).byName(Kind.DOMAIN, ALL).value()).isEmpty();
        assertThat(cluster.statistics(0).watermark()).isEmpty();
    }

    @Test
    void whereACodeWasSeen() {
        cluster.counted(
                Mail.to("a.example").hard(),
                Mail.to("a.example").hard(),
                Mail.to("a.example").delivered(),
                Mail.to("b.example").deferred(),
                Mail.to("c.example").of("acme").hard());

        Map<String, Counts> found = cluster.statistics(0).withCode("5.1.1", ALL).value();

        assertThat(found).containsOnlyKeys("a.example", "c.example");
        assertThat(found.get("a.example").codes()).containsEntry("5.1.1", 2L);
        assertThat(cluster.statistics(0).withCode("5.9.9", ALL).value()).isEmpty();
    }

    @Test
    void aSeriesHasTheWindowsThatHaveSomething() throws Exception {
        cluster.counted(
                Mail.to("a.example").at(NOW.minusSeconds(7_200)).delivered(),
                Mail.to("a.example").at(NOW.minusSeconds(7_260)).delivered(),
                Mail.to("b.example").with("google").at(NOW).hard());
        StatisticsLookups lookups = cluster.statistics(0);
        Frame day = frame(NOW.minusSeconds(86_400), NOW.plusSeconds(60));

        TreeMap<Long, Counts> hours = lookups.series(day, WindowSize.HOUR).value();
        TreeMap<Long, Counts> one =
                lookups.series(Kind.DOMAIN, "a.example", day, WindowSize.MINUTE).value();

        assertThat(hours.keySet())
                .containsExactly(
                        NOW.minusSeconds(10_800).toEpochMilli(),
                        NOW.minusSeconds(7_200).toEpochMilli(),
                        NOW.toEpochMilli());
        assertThat(one.keySet())
                .containsExactly(
                        NOW.minusSeconds(7_260).toEpochMilli(),
                        NOW.minusSeconds(7_200).toEpochMilli());
        assertThat(lookups.sparks(Kind.DOMAIN, List.of("a.example", "b.example", "c.example"), day, WindowSize.HOUR)
                        .value())
                .containsOnlyKeys("a.example", "b.example")
                .hasEntrySatisfying(
                        "b.example", windows -> assertThat(windows.keySet()).containsExactly(NOW.toEpochMilli()));
    }

    @Test
    void aSeriesOfTooManyWindowsIsRefused() throws Exception {
        StatisticsLookups lookups = cluster.statistics(0);
        Frame most = frame(NOW.minus(Duration.ofMinutes(3_000)), NOW);
        Frame more = frame(NOW.minus(Duration.ofMinutes(3_001)), NOW);

        assertThat(lookups.series(most, WindowSize.MINUTE).value()).isEmpty();
        assertThat(lookups.series(ALL, WindowSize.DAY).value()).isEmpty();
        assertThatThrownBy(() -> lookups.series(more, WindowSize.MINUTE))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessageStartingWith("step: PT1M gives too many points");
        assertThatThrownBy(() -> lookups.series(ALL, WindowSize.HOUR)).isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> lookups.sparks(Kind.DOMAIN, List.of("a.example"), more, WindowSize.MINUTE))
                .hasMessageStartingWith("spark: PT1M");
    }

    @Test
    void detailsAreOfWholeHours() {
        Instant hour = Instant.parse("2026-06-01T10:00:00Z");
        cluster.counted(
                Mail.to("a.example").at(hour.plusSeconds(60)).recipient("kim").deliveredAfter(Duration.ofSeconds(4)),
                Mail.to("a.example").at(hour.plusSeconds(120)).recipient("kim").deliveredAfter(Duration.ofSeconds(4)),
                Mail.to("a.example").at(hour.plusSeconds(3_700)).recipient("jo").hard());
        StatisticsLookups lookups = cluster.statistics(0);
        Frame minute = frame(hour.plusSeconds(120), hour.plusSeconds(180));

        Details details = lookups.details(Kind.DOMAIN, "a.example", minute).value();

        assertThat(lookups.detailsSpan(minute))
                .isEqualTo(new Span(hour.toEpochMilli(), hour.plusSeconds(3_600).toEpochMilli()));
        assertThat(details.timeToDeliver().count()).isEqualTo(2);
        assertThat(details.timeToDeliver().at(0.5)).isBetween(3.9, 4.1);
        assertThat(details.recipients().count()).isEqualTo(1);
        assertThat(details.replies().top()).isEmpty();
        assertThat(lookups.details(Kind.DOMAIN, "a.example", ALL)
                        .value()
                        .recipients()
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-31T10:20:30Z, 2026-06-01T11:59:59.999Z, 2026-05-31T10:20:00Z, 2026-06-01T12:00:00Z",
        "2026-05-31T12:20:30+02:00, 2026-06-01T12:00:00Z, 2026-05-31T10:20:00Z, 2026-06-01T12:00:00Z",
        "2026-05-20T10:20:30Z, 2026-06-01T11:59:00Z, 2026-05-20T10:00:00Z, 2026-06-01T11:59:00Z",
        "2026-03-20T10:20:30Z, 2026-05-20T10:20:30Z, 2026-03-20T00:00:00Z, 2026-05-20T11:00:00Z",
        "1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z, 9999-12-31T23:59:59Z, 0000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
    })
    void spansAreWidenedToWhatIsKeptOfTheirTime(String from, String to, String first, String end) throws Exception {
        Span span = parsed(cluster.statistics(0), from, to).span();

        assertThat(Instant.ofEpochMilli(span.from())).isEqualTo(first);
        assertThat(Instant.ofEpochMilli(span.to())).isEqualTo(end);
    }

    @Test
    void whatIsNotSaidIsAllTime() throws Exception {
        StatisticsLookups lookups = cluster.statistics(0);
        List<Frame> frames = new ArrayList<>();
        frames.add(parsed(lookups, null, null));
        frames.add(parsed(lookups, "", ""));
        frames.add(parsed(lookups, "all", "ALL"));
        frames.add(lookups.frame(null, null, "", ""));

        assertThat(frames).allMatch(ALL::equals);
        assertThat(parsed(lookups, "2026-06-01T11:00:00Z", null).span())
                .isEqualTo(new Span(NOW.minusSeconds(3_600).toEpochMilli(), Span.OPEN_TO));
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, all, , from: this is no time",
        "all, 2026-06-01, , to: this is no time",
        "all, 2026-06-31T00:00:00Z, , to: this is no time",
        "-0001-01-01T00:00:00Z, all, , from: this is no time",
        "all, +292278994-08-17T07:12:55.806Z, , to: this is no time",
        "all, +1000000000-12-31T23:59:59Z, , to: this is no time",
        "2026-06-01T12:00:00Z, 2026-06-01T12:00:00Z, , to: not after from",
        "2026-06-01T12:00:00Z, 2026-06-01T11:00:00Z, , to: not after from",
        "all, all, a|b, tenant: this is no tenant's name",
    })
    void whatIsNoSpanOrTenantIsRefused(String from, String to, String tenant, String why) {
        StatisticsLookups lookups = cluster.statistics(0);

        assertThatThrownBy(() -> lookups.frame(from, to, tenant, ""))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void mistakesAreToldTogetherAndByTheNameOfTheirParameter() {
        StatisticsLookups lookups = cluster.statistics(0);

        assertThatThrownBy(() -> lookups.frame("now", "then", "a b", "compare"))
                .isInstanceOfSatisfying(InvalidLookupException.class, e -> assertThat(e.mistakes())
                        .extracting(InvalidLookupException.Mistake::parameter)
                        .containsExactly("compareFrom", "compareTo", "tenant"));
    }
}
