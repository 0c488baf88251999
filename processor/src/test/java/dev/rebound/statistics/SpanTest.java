package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.statistics.Span.Part;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which rows make up a span of time. */
class SpanTest {

    private static final Instant BEFORE_1970 = Instant.parse("1969-12-20T00:00:00Z");

    private static long at(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    @Test
    void longWindowsAreInTheMiddleAndShortOnesAtTheEnds() {
        Span span = new Span(at("2026-03-01T22:58:30Z"), at("2026-03-04T01:01:00Z"));

        assertThat(span.parts(WindowSize.MINUTE))
                .containsExactly(
                        new Part(WindowSize.MINUTE, at("2026-03-01T22:58:00Z"), at("2026-03-01T23:00:00Z")),
                        new Part(WindowSize.HOUR, at("2026-03-01T23:00:00Z"), at("2026-03-02T00:00:00Z")),
                        new Part(WindowSize.DAY, at("2026-03-02T00:00:00Z"), at("2026-03-04T00:00:00Z")),
                        new Part(WindowSize.HOUR, at("2026-03-04T00:00:00Z"), at("2026-03-04T01:00:00Z")),
                        new Part(WindowSize.MINUTE, at("2026-03-04T01:00:00Z"), at("2026-03-04T01:01:00Z")));
    }

    @Test
    void allTimeIsOfDays() {
        assertThat(Span.ALL.parts(WindowSize.MINUTE))
                .containsExactly(new Part(WindowSize.DAY, Span.OPEN_FROM, Span.OPEN_TO));
        assertThat(new Span(Span.OPEN_FROM, at("2026-03-02T01:00:00Z")).parts(WindowSize.MINUTE))
                .containsExactly(
                        new Part(WindowSize.DAY, Span.OPEN_FROM, at("2026-03-02T00:00:00Z")),
                        new Part(WindowSize.HOUR, at("2026-03-02T00:00:00Z"), at("2026-03-02T01:00:00Z")));
        assertThat(new Span(at("2026-03-01T23:00:00Z"), Span.OPEN_TO).parts(WindowSize.MINUTE))
                .containsExactly(
                        new Part(WindowSize.HOUR, at("2026-03-01T23:00:00Z"), at("2026-03-02T00:00:00Z")),
                        new Part(WindowSize.DAY, at("2026-03-02T00:00:00Z"), Span.OPEN_TO));
    }

    @Test
    void anEmptySpanHasNoParts() {
        assertThat(new Span(60_000, 60_000).parts(WindowSize.MINUTE)).isEmpty();
        assertThat(new Span(120_000, 60_000).parts(WindowSize.MINUTE)).isEmpty();
    }

    @Property
    void partsFollowEachOtherAndCoverTheWidenedSpan(@ForAll("spans") Span span, @ForAll WindowSize finest) {
        Span whole = span.widenedTo(finest);
        long at = whole.from();
        for (Part part : span.parts(finest)) {
            assertThat(part.from()).isEqualTo(at);
            assertThat(part.to()).isGreaterThan(part.from());
            assertThat(part.size()).isGreaterThanOrEqualTo(finest);
            assertThat(part.size().startOf(part.from())).isEqualTo(part.from());
            assertThat(part.size().startOf(part.to())).isEqualTo(part.to());
            at = part.to();
        }

        assertThat(at).isEqualTo(whole.to());
        assertThat(whole.from()).isLessThanOrEqualTo(span.from()).isGreaterThan(span.from() - finest.millis());
        assertThat(whole.to()).isGreaterThanOrEqualTo(span.to()).isLessThan(span.to() + finest.millis());
    }

    @Property
    void noFewerWindowsMakeUpTheSpan(@ForAll("spans") Span span, @ForAll WindowSize finest) {
        List<Part> parts = span.parts(finest);
        long windows = parts.stream()
                .mapToLong(part -> (part.to() - part.from()) / part.size().millis())
                .sum();

        assertThat(windows).isEqualTo(fewest(span.widenedTo(finest), finest));
    }

    /** Longer windows consist of shorter ones, so that the longest that fits is always best. */
    private static long fewest(Span whole, WindowSize finest) {
        long windows = 0;
        long at = whole.from();
        while (at < whole.to()) {
            WindowSize best = finest;
            for (WindowSize size : WindowSize.values()) {
                boolean fits = size.startOf(at) == at && at + size.millis() <= whole.to();
                if (fits && size.compareTo(best) > 0) {
                    best = size;
                }
            }
            at += best.millis();
            windows++;
        }
        return windows;
    }

    @Provide
    Arbitrary<Span> spans() {
        Arbitrary<Long> starts = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 20L * 24 * 60).map(minute -> minute * 60_000),
                Arbitraries.longs().between(0, 20L * 24 * 3_600_000));
        Arbitrary<Long> lengths = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 180_000),
                Arbitraries.longs().between(1, 5L * 24 * 60).map(minute -> minute * 60_000),
                Arbitraries.longs().between(1, 20L * 24 * 3_600_000));
        return Combinators.combine(starts, lengths).as((start, length) -> {
            long from = BEFORE_1970.toEpochMilli() + start;
            return new Span(from, from + length);
        });
    }
}
