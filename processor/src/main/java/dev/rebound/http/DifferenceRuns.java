package dev.rebound.http;

import dev.rebound.http.Differences.Difference;
import dev.rebound.ingest.Progress;
import dev.rebound.suppressions.Watch;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Comparisons that are made in the background, one after another; the last few results are kept. */
final class DifferenceRuns {

    /** Results kept; each has some megabytes at most. */
    private static final int KEPT = 4;

    /** Comparisons that may wait for their turn, with the one that is made. */
    private static final int UNDER_WAY = 8;

    private final Map<Key, Run> runs = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "replay-diff");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What is compared.
     *
     * @param replay name and id of the replay: another one can have its name later
     * @param against the same of the other; empty for live
     */
    record Key(String replay, String against) {}

    /** A comparison: under way, done, or failed. */
    static final class Run {

        private volatile double share;
        private volatile Difference difference;
        private volatile RuntimeException problem;

        /** How much is done, 0 to 1. */
        double share() {
            return share;
        }

        /** What came of it; null while there is nothing. */
        Difference difference() {
            return difference;
        }

        private boolean isOver() {
            return difference != null || problem != null;
        }

        private void make(Function<Watch, Difference> work) {
            try {
                difference = work.apply(new Watch(new Shares(), () -> false));
            } catch (RuntimeException e) {
                problem = e;
            } catch (Error e) {
                problem = new IllegalStateException("the comparison failed: " + e, e);
                throw e;
            }
        }

        private final class Shares implements Progress {

            @Override
            public void advanced(long read, long differences, double done) {
                share = Math.max(0, done);
            }

            @Override
            public void problem(String message) {}

            @Override
            public void finished() {}
        }
    }

    /**
     * The comparison, begun when there is none. One that failed is told of once: the next time it begins anew.
     *
     * @param again begins anew what is done
     * @throws RuntimeException what it failed of
     * @throws ProblemException when as many as may be are under way
     */
    synchronized Run get(Key key, boolean again, Function<Watch, Difference> work) {
        Run run = runs.get(key);
        if (run != null && run.problem != null) {
            runs.remove(key);
            throw run.problem;
        }
        if (run != null && !(again && run.isOver())) {
            return run;
        }
        if (runs.values().stream().filter(one -> !one.isOver()).count() >= UNDER_WAY) {
            throw ProblemException.of(
                    ProblemType.BUSY, "as many comparisons are under way as may be; try again when one is done");
        }
        Run begun = new Run();
        runs.remove(key);
        runs.put(key, begun);
        worker.execute(() -> {
            begun.make(work);
            forgetOldest();
        });
        return begun;
    }

    private synchronized void forgetOldest() {
        long over = runs.values().stream().filter(Run::isOver).count();
        Iterator<Run> oldest = runs.values().iterator();
        while (over > KEPT && oldest.hasNext()) {
            if (oldest.next().isOver()) {
                oldest.remove();
                over--;
            }
        }
    }
}
