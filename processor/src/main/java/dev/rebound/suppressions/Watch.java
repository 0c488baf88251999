package dev.rebound.suppressions;

import dev.rebound.ingest.Progress;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whoever watches long work.
 *
 * @param progress told how it goes on: records read, changes made, share of the reading that is done
 * @param stop asked often; once true, the work ends at the next point where nothing is left half done
 */
public record Watch(Progress progress, BooleanSupplier stop) {

    /** Nobody watches. */
    public static final Watch NONE = new Watch(Progress.none(), () -> false);

    boolean isStopped() {
        return stop.getAsBoolean();
    }

    void read(long records, double share) {
        progress.advanced(records, 0, share);
    }

    /** The same, told of changes by this count. */
    Watch counting(LongSupplier changes) {
        return new Watch(
                new Progress() {
                    @Override
                    public void advanced(long read, long none, double share) {
                        progress.advanced(read, changes.getAsLong(), share);
                    }

                    @Override
                    public void problem(String message) {
                        progress.problem(message);
                    }

                    @Override
                    public void finished() {
                        progress.finished();
                    }
                },
                stop);
    }
}
