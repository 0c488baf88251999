package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.SeedReplies;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainWindowTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "PT1M, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "PT1M, 2026-03-01T12:00:59.999Z, 2026-03-01T12:00:00Z",
        "PT1H, 2026-03-01T12:59:59Z, 2026-03-01T12:00:00Z",
        "PT24H, 2026-03-01T23:59:59Z, 2026-03-01T00:00:00Z",
        "PT1M, 1969-12-31T23:59:59.999Z, 1969-12-31T23:59:00Z"
    })
    void aWindowStartsAtAWholeOne(Duration size, Instant time, Instant start) {
        assertThat(DomainWindow.around("t", "d.example", size, time).start()).isEqualTo(start);
    }

    @Test
    void theKeyNamesItsParts() {
        DomainWindow window = new DomainWindow("acme", "example.com", MINUTE, Instant.parse("2026-03-01T12:00:00Z"));

        assertThat(window.key()).isEqualTo("acme|example.com|PT1M|2026-03-01T12:00:00Z");
        assertThat(DomainWindow.parse(window.key())).isEqualTo(window);
    }

    @Property
    void anyMomentLiesInItsWindowAndTheKeyComesBack(@ForAll("moments") Instant time, @ForAll("sizes") Duration size) {
        DomainWindow window = DomainWindow.around("acme", "[ipv6:2001:db8::1]", size, time);

        assertThat(window.start()).isBeforeOrEqualTo(time);
        assertThat(window.start().plus(size)).isAfter(time);
        assertThat(DomainWindow.parse(window.key())).isEqualTo(window);
    }

    /** Real input spans years in any order; its totals must add up all the same. */
    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void totalsDoNotDependOnTheOrderOfArrival(@ForAll("traffic") List<DeliveryEvent> events, @ForAll Random random) {
        List<DeliveryEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        Map<String, DomainStats> inOrder = totals(events, 7);

        assertThat(totals(shuffled, 3)).isEqualTo(inOrder);
        Map<Instant, Long> perWindow = inOrder.values().stream()
                .collect(Collectors.groupingBy(
                        DomainStats::getWindowStart, TreeMap::new, Collectors.summingLong(ReboundDriver::total)));
        assertThat(perWindow)
                .as("sum over domains per window, of events read")
                .isEqualTo(events.stream()
                        .collect(Collectors.groupingBy(
                                event -> DomainWindow.around("", "", MINUTE, event.getEventTime())
                                        .start(),
                                TreeMap::new,
                                Collectors.counting())));
    }

    /** The last total of each window, with a flush behind every so many events. */
    private static Map<String, DomainStats> totals(List<DeliveryEvent> events, int flushAfter) {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (int i = 0; i < events.size(); i++) {
                rebound.send(events.get(i));
                if (i % flushAfter == 0) {
                    rebound.advance(Duration.ofSeconds(1));
                }
            }
            rebound.advance(Duration.ofSeconds(1));
            return rebound.stats();
        }
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(Long.MIN_VALUE + Duration.ofDays(1).toMillis(), Long.MAX_VALUE)
                .map(Instant::ofEpochMilli);
    }

    @Provide
    Arbitrary<Duration> sizes() {
        return Arbitraries.of(MINUTE, Duration.ofHours(1), Duration.ofDays(1));
    }

    @Provide
    Arbitrary<List<DeliveryEvent>> traffic() {
        Instant base = Instant.parse("1999-12-31T23:58:00Z");
        return Combinators.combine(
                        Arbitraries.of("example.com", "example.org", "gmail.com"),
                        Arbitraries.integers().between(0, 240),
                        Arbitraries.of(0, 1, 365 * 20),
                        Arbitraries.of(Outcome.class).filter(outcome -> outcome != Outcome.UNKNOWN),
                        Arbitraries.of("5.1.1", "550", "4.XXX.YYY", "5.7.1"))
                .as((domain, seconds, days, outcome, code) -> AnyEvents.plain()
                        .setRecipient("a@" + domain)
                        .setEventTime(base.plusSeconds(seconds).plus(Duration.ofDays(days)))
                        .setOutcome(outcome)
                        .setReply(SeedReplies.replyFor(code))
                        .build())
                .list()
                .ofMinSize(20)
                .ofMaxSize(80);
    }
}
