package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IngestTrafficTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final RecordingSink sink = new RecordingSink();
    private final Traffic traffic = new Traffic(new TrafficPlan(1, Scenario.ORDINARY, START, 10));

    @Test
    void theSummaryCountsWhatIsStored() throws Exception {
        IngestSummary summary =
                new IngestTraffic(traffic::next, Pace.AS_FAST_AS_POSSIBLE, sink, Progress.none(), () -> false).run(500);

        assertThat(sink.stored).hasSize(500);
        assertThat(summary.events()).isEqualTo(500);
        assertThat(summary.stopped()).isFalse();
        assertThat(summary.byOutcome().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(500);
        summary.byOutcome().forEach((outcome, count) -> assertThat(sink.stored)
                .filteredOn(event -> event.getOutcome() == outcome)
                .hasSize(count.intValue()));
    }

    @Test
    void aStopEndsTheRunWithAllStoredThatWasTaken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        IngestSummary summary = new IngestTraffic(
                        traffic::next,
                        Pace.AS_FAST_AS_POSSIBLE,
                        sink,
                        Progress.none(),
                        () -> asked.incrementAndGet() > 7)
                .run(Long.MAX_VALUE);

        assertThat(summary.stopped()).isTrue();
        assertThat(summary.events()).isEqualTo(7);
        assertThat(sink.stored).hasSize(7);
    }

    @Test
    void aStopIsHeardWhileTheNextEventIsNotDue() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Pace never = Pace.from(START.minusSeconds(1_000_000), 1);
        IngestSummary summary = new IngestTraffic(
                        traffic::next, never, sink, Progress.none(), () -> asked.incrementAndGet() > 1)
                .run(10);

        assertThat(summary.stopped()).isTrue();
        assertThat(sink.stored).isEmpty();
    }

    @Test
    void aSinkThatFailsEndsTheRun() {
        sink.failing = true;
        assertThatIOException()
                .isThrownBy(() -> new IngestTraffic(
                                traffic::next, Pace.AS_FAST_AS_POSSIBLE, sink, Progress.none(), () -> false)
                        .run(1))
                .withMessage("broker gone");
    }

    @Test
    void eventsAreDueByTheirTimeOfReceiptAndThePastAtOnce() {
        AtomicLong nanos = new AtomicLong(77);
        Pace pace = Pace.from(START, 2, nanos::get);

        assertThat(pace.nanosUntil(START.minusSeconds(60))).isNegative();
        assertThat(pace.nanosUntil(START)).isZero();
        assertThat(pace.nanosUntil(START.plusSeconds(10))).isEqualTo(TimeUnit.SECONDS.toNanos(5));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(pace.nanosUntil(START.plusSeconds(10))).isZero();
    }
}
