package dev.rebound.bench;

import org.HdrHistogram.Histogram;

/**
 * What is told of many latencies; all times in milliseconds.
 *
 * @param count how many there are; when none, the times are NaN
 * @param p50 half of them are not longer
 * @param p99 99 % are not longer
 * @param p999 99.9 % are not longer
 * @param longest of all
 */
record Quantiles(long count, double p50, double p99, double p999, double longest) {

    /** @param micros microseconds */
    static Quantiles of(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return new Quantiles(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Quantiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
