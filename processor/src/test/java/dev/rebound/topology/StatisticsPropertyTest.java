package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.SeedReplies;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever comes in, in whatever order and at whatever pace, over restarts and after rows were laid away: the rows of the topics, parts
 * added up, say what a plain count of the routed events says. Closing a driver asserts besides that hours and days are what their minutes
 * are.
 */
class StatisticsPropertyTest {

    /** What happens: an event comes, or time passes, or a task is restarted. */
    private sealed interface Step {

        record Comes(DeliveryEvent event) implements Step {}

        record Passes(Duration time) implements Step {}

        record Restarts() implements Step {}
    }

    private static ReboundDriver after(List<Step> steps, int mostDomains) {
        ReboundDriver rebound = ReboundDriver.counting(ReboundDriver.statistics(mostDomains));
        for (Step step : steps) {
            if (step instanceof Step.Comes comes) {
                rebound.send(comes.event());
            } else if (step instanceof Step.Passes passes) {
                rebound.advance(passes.time());
            } else {
                rebound = rebound.restarted();
            }
        }
        rebound.advanceUntilCounted();
        return rebound;
    }

    private static long events(List<Step> steps) {
        return steps.stream().filter(Step.Comes.class::isInstance).count();
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void rowsSayWhatAPlainCountSays(@ForAll("steps") List<Step> steps) {
        try (ReboundDriver rebound = after(steps, 1_000)) {
            List<ClassifiedEvent> routed = rebound.routed();
            assertThat(routed).hasSize((int) events(steps));
            for (Subject.Kind kind : Subject.Kind.values()) {
                CountedWindows counted = rebound.counted(kind);
                assertThat(counted).isEqualTo(CountedWindows.ofEvents(kind, routed));
                for (WindowSize size : WindowSize.values()) {
                    assertThat(counted.events(size)).isEqualTo(events(steps));
                }
            }
        }
    }

    /** A replay reads the same events in another order and at another pace. */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void neitherOrderNorPaceMakeADifference(
            @ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> others, @ForAll Random random) {
        List<Step> shuffled = new ArrayList<>(steps);
        shuffled.removeIf(step -> !(step instanceof Step.Comes));
        others.stream().filter(step -> !(step instanceof Step.Comes)).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        try (ReboundDriver one = after(steps, 1_000);
                ReboundDriver other = after(shuffled, 1_000)) {
            for (Subject.Kind kind : Subject.Kind.values()) {
                assertThat(other.counted(kind)).isEqualTo(one.counted(kind));
            }
        }
    }

    /** Domains come from addresses, and anybody can make addresses up. */
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void madeUpDomainsAreCountedTogether(
            @ForAll("flood") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int most) {
        try (ReboundDriver rebound = after(steps, most)) {
            List<ClassifiedEvent> routed = rebound.routed();
            CountedWindows counted = rebound.counted(Subject.Kind.DOMAIN);
            CountedWindows exact = CountedWindows.ofEvents(Subject.Kind.DOMAIN, routed);

            assertThat(withoutNames(counted)).isEqualTo(withoutNames(exact));
            assertThat(rebound.counted(Subject.Kind.PROVIDER))
                    .isEqualTo(CountedWindows.ofEvents(Subject.Kind.PROVIDER, routed));
            Map<String, List<String>> domainsOfDay = counted.of(WindowSize.DAY).keySet().stream()
                    .collect(Collectors.groupingBy(window -> window.substring(0, window.lastIndexOf(' '))));
            assertThat(domainsOfDay.values()).allSatisfy(domains -> {
                long named = domains.stream()
                        .filter(domain -> !domain.endsWith(' ' + Subject.OTHER_DOMAINS))
                        .count();
                assertThat(named).isLessThanOrEqualTo(most);
            });
            counted.windows().forEach((window, counters) -> {
                if (!window.endsWith(' ' + Subject.OTHER_DOMAINS)) {
                    assertThat(counters).as(window).isEqualTo(exact.windows().get(window));
                }
            });
        }
    }

    /** By size, start and tenant. */
    private static Map<String, Map<String, Long>> withoutNames(CountedWindows counted) {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        counted.windows().forEach((window, counters) -> {
            Map<String, Long> sum =
                    sums.computeIfAbsent(window.substring(0, window.lastIndexOf(' ')), first -> new HashMap<>());
            counters.forEach((name, count) -> sum.merge(name, count, Long::sum));
        });
        return sums;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> domains = Arbitraries.of("example.com", "example.org", "bücher.example", "[192.0.2.1]");
        return Arbitraries.frequencyOf(
                        Tuple.of(12, events(domains)),
                        Tuple.of(4, pauses(Duration.ofHours(7), Duration.ofDays(4), Duration.ofDays(31))),
                        Tuple.of(1, Arbitraries.just(new Step.Restarts())))
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    /** Shorter pauses: whose rows are laid away gives its place to another domain. */
    @Provide
    Arbitrary<List<Step>> flood() {
        Arbitrary<String> domains = Arbitraries.integers().between(0, 40).map(number -> "d" + number + ".example");
        return Arbitraries.frequencyOf(
                        Tuple.of(20, events(domains)),
                        Tuple.of(4, pauses(Duration.ofHours(7), Duration.ofDays(1))),
                        Tuple.of(1, Arbitraries.just(new Step.Restarts())))
                .list()
                .ofMinSize(10)
                .ofMaxSize(100);
    }

    private static Arbitrary<Step> pauses(Duration... long_) {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                Duration.ofMillis(1),
                                ReboundDriver.FLUSH,
                                ReboundDriver.ROLL_UP,
                                Duration.ofMinutes(20)),
                        Arbitraries.of(long_))
                .map(Step.Passes::new);
    }

    private static Arbitrary<Step> events(Arbitrary<String> domains) {
        Arbitrary<Duration> backAndForth = Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 365 * 20, -365 * 40),
                        Arbitraries.of(0, 0, 1, 11),
                        Arbitraries.integers().between(0, 150))
                .as((days, hours, seconds) ->
                        Duration.ofDays(days).plusHours(hours).plusSeconds(seconds));
        return Combinators.combine(
                        Arbitraries.of("default", "acme", "müller"),
                        domains,
                        Arbitraries.of("aspmx.l.google.com", "x.mail.protection.outlook.com", "mx.example.com"),
                        backAndForth,
                        Arbitraries.of(Outcome.class).filter(outcome -> outcome != Outcome.UNKNOWN),
                        Arbitraries.of("5.1.1", "550", "4.XXX.YYY", "5.7.1", "5.0.0"),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 20))
                .as((tenant, domain, host, when, outcome, code, asynchronous, recipient) -> AnyEvents.plain()
                        .setTenant(tenant)
                        .setRecipient("r" + recipient + '@' + domain)
                        .setRemoteHost(host)
                        .setEventTime(NOW.plus(when))
                        .setQueuedAt(NOW.plus(when).minusSeconds(recipient))
                        .setAttempt(recipient)
                        .setOutcome(outcome)
                        .setAsynchronous(asynchronous)
                        .setReply(SeedReplies.replyFor(code))
                        .build())
                .map(Step.Comes::new);
    }
}
