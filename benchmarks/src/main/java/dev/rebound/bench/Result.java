package dev.rebound.bench;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The runs of a variant that count.
 *
 * @param name what it is called
 * @param threads how many threads processed events
 * @param events of one run
 * @param runs at least one
 */
record Result(String name, int threads, long events, List<Figures> runs) {

    Result {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(name + ": no runs");
        }
        runs = List.copyOf(runs);
    }

    /** The middle one of the runs; of two in the middle, their mean. */
    double median(ToDoubleFunction<Figures> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least(ToDoubleFunction<Figures> figure) {
        return runs.stream().mapToDouble(figure).min().orElseThrow();
    }

    double most(ToDoubleFunction<Figures> figure) {
        return runs.stream().mapToDouble(figure).max().orElseThrow();
    }

    /** Of all runs; null where the system does not tell. */
    Long peakMemoryBytes() {
        return runs.stream()
                .map(Figures::peakMemoryBytes)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }
}
