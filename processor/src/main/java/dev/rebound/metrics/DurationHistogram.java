package dev.rebound.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of durations, in seconds, with fixed bounds. Micrometer's own reads the clock and moves several windows along
 * for each value, because it also keeps a maximum; this one adds to two counters.
 */
final class DurationHistogram implements Collector {

    private final String name;
    private final String help;
    private final long[] boundsMillis;
    private final LongAdder[] counts;
    private final LongAdder sumMillis = new LongAdder();

    /**
     * An empty histogram.
     *
     * @param name name in Prometheus, which ends in {@code _seconds}
     * @param help what it measures, a sentence
     * @param bounds upper bounds of the buckets, in ascending order; a last one without a bound is added
     */
    DurationHistogram(String name, String help, List<Duration> bounds) {
        this.name = name;
        this.help = help;
        this.boundsMillis = bounds.stream().mapToLong(Duration::toMillis).toArray();
        this.counts = new LongAdder[boundsMillis.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** Adds a duration; one below zero, which clocks that disagree can give, counts as none. */
    void record(long millis) {
        long counted = Math.max(0, millis);
        int bucket = 0;
        while (bucket < boundsMillis.length && counted > boundsMillis[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumMillis.add(counted);
    }

    @Override
    public MetricSnapshot collect() {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.length; i++) {
            double bound = i < boundsMillis.length ? boundsMillis[i] / 1000.0 : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, counts[i].sum());
        }
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(sumMillis.sum() / 1000.0)
                        .build())
                .build();
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.histogram(name).help(help).build();
    }
}
