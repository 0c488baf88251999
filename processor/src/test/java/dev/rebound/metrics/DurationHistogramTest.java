package dev.rebound.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {

    private final DurationHistogram histogram =
            new DurationHistogram("some_seconds", "Some.", List.of(Duration.ofMillis(10), Duration.ofSeconds(1)));

    private HistogramDataPointSnapshot counted() {
        return ((HistogramSnapshot) histogram.collect()).getDataPoints().get(0);
    }

    @Test
    void aBoundBelongsToItsBucket() {
        histogram.record(10);
        histogram.record(11);
        histogram.record(1_000);
        histogram.record(1_001);

        assertThat(counted().getClassicBuckets().stream().map(bucket -> bucket.getCount()))
                .containsExactly(1L, 2L, 1L);
        assertThat(counted().getClassicBuckets().stream().map(bucket -> bucket.getUpperBound()))
                .containsExactly(0.01, 1.0, Double.POSITIVE_INFINITY);
        assertThat(counted().getSum()).isEqualTo(2.022);
        assertThat(counted().getCount()).isEqualTo(4);
    }

    @Test
    void lessThanNothingCountsAsNone() {
        histogram.record(-5_000);

        assertThat(counted().getClassicBuckets().getCount(0)).isEqualTo(1);
        assertThat(counted().getSum()).isZero();
    }
}
