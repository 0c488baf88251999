package dev.rebound.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a long run was steady after its warm-up.
 *
 * @param memory resident memory of the process beside what its stores share, bytes by hours; null where the system does not tell
 * @param lag events by hours
 * @param eventsPerSecond the rate that was kept
 */
record SoakVerdict(Fit memory, Fit lag, double eventsPerSecond) {

    /** Growth of memory that is put up with: part of the mean, an hour. */
    private static final double MEMORY_TOLERANCE = 0.02;

    /** Growth of the lag that is put up with: part of the events. */
    private static final double LAG_TOLERANCE = 0.01;

    private static final double MINUTES = 60;
    private static final double SECONDS = 3600;

    /** @param lines those after the warm-up, three or more */
    static SoakVerdict of(List<SoakLine> lines, double eventsPerSecond) {
        boolean told = lines.stream().allMatch(line -> line.otherBytes() != null);
        return new SoakVerdict(
                told ? fit(lines, SoakLine::otherBytes) : null, fit(lines, SoakLine::lag), eventsPerSecond);
    }

    private static Fit fit(List<SoakLine> lines, ToDoubleFunction<SoakLine> value) {
        return Fit.of(
                lines.stream().mapToDouble(line -> line.minute() / MINUTES).toArray(),
                lines.stream().mapToDouble(value).toArray());
    }

    private boolean memoryGrows() {
        return memory != null && memory.growsBy(memory.mean() * MEMORY_TOLERANCE);
    }

    private boolean lagGrows() {
        return lag.growsBy(eventsPerSecond * SECONDS * LAG_TOLERANCE);
    }

    boolean isSteady() {
        return !memoryGrows() && !lagGrows();
    }

    /** Sentences for people. */
    String text() {
        String told = memory == null
                ? "not told by the system"
                : String.format(
                        Locale.ROOT,
                        "%s, %+.1f MB an hour (standard error %.1f) at a mean of %,.0f MB",
                        memoryGrows() ? "grows" : "steady",
                        memory.slope() / 1e6,
                        memory.error() / 1e6,
                        memory.mean() / 1e6);
        return String.format(
                Locale.ROOT,
                "Resident memory beside that of the stores: %s.%nLag: %s, %+,.0f events an hour (standard error %,.0f) at a mean of %,.0f.%n",
                told,
                lagGrows() ? "grows" : "steady",
                lag.slope(),
                lag.error(),
                lag.mean());
    }
}
