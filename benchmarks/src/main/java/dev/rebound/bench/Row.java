package dev.rebound.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * A variant's figures, medians of its runs, beside those of the others. The names are those of the JSON output.
 *
 * @param name the variant
 * @param eventsPerSecond events a second
 * @param spread of the events a second
 * @param ratioToCopy events a second in proportion to those of variant copy; null when that was not measured
 * @param ratioToPass the same to variant pass
 * @param cpuSecondsPerMillion processor time of the worker, per million events
 * @param brokerCpuSecondsPerMillion processor time of the broker, per million events
 * @param bytesWrittenPerEvent all that was written to topics, as it is stored, per event
 * @param peakMemoryBytes most memory of the worker; null where the system does not tell
 * @param events how many events in each run
 * @param threads how many threads processed events
 */
record Row(
        String name,
        double eventsPerSecond,
        Spread spread,
        Double ratioToCopy,
        Double ratioToPass,
        double cpuSecondsPerMillion,
        double brokerCpuSecondsPerMillion,
        double bytesWrittenPerEvent,
        Long peakMemoryBytes,
        long events,
        int threads) {

    /** More digits than these are chance. */
    private static final MathContext DIGITS = new MathContext(4);

    record Spread(double least, double most) {}

    /** The rows of results, in their order. */
    static List<Row> of(List<Result> results) {
        Double copy = eventsPerSecond(results, Variant.COPY);
        Double pass = eventsPerSecond(results, Variant.PASS);
        return results.stream().map(result -> of(result, copy, pass)).toList();
    }

    private static Double eventsPerSecond(List<Result> results, Variant variant) {
        return results.stream()
                .filter(result -> result.name().equals(variant.text()))
                .map(result -> result.median(Figures::eventsPerSecond))
                .findFirst()
                .orElse(null);
    }

    private static Row of(Result result, Double copy, Double pass) {
        double rate = result.median(Figures::eventsPerSecond);
        return new Row(
                result.name(),
                rounded(rate),
                new Spread(
                        rounded(result.least(Figures::eventsPerSecond)),
                        rounded(result.most(Figures::eventsPerSecond))),
                copy == null ? null : Double.valueOf(rounded(rate / copy)),
                pass == null ? null : Double.valueOf(rounded(rate / pass)),
                rounded(result.median(Figures::cpuSecondsPerMillion)),
                rounded(result.median(Figures::brokerCpuSecondsPerMillion)),
                rounded(result.median(Figures::bytesWrittenPerEvent)),
                result.peakMemoryBytes(),
                result.events(),
                result.threads());
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    }
}
