package dev.rebound.replay;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * For offsets of one partition, the table position that each event met. As positions change seldom, runs of offsets are kept, not
 * each one; they can become known in any order.
 */
final class PositionRuns {

    /** A run's last offset, and the position of all that is known in it. */
    private record Run(long last, long position) {}

    private final TreeMap<Long, Run> runs = new TreeMap<>();

    void add(long offset, long position) {
        Map.Entry<Long, Run> before = runs.floorEntry(offset);
        if (before != null && offset <= before.getValue().last()) {
            if (before.getValue().position() != position) {
                split(before.getKey(), before.getValue(), offset, position);
            }
            return;
        }
        long first = offset;
        if (before != null && before.getValue().position() == position) {
            first = before.getKey();
        }
        long last = offset;
        Map.Entry<Long, Run> after = runs.higherEntry(offset);
        if (after != null && after.getValue().position() == position) {
            runs.remove(after.getKey());
            last = after.getValue().last();
        }
        runs.put(first, new Run(last, position));
    }

    private void split(long first, Run run, long offset, long position) {
        runs.remove(first);
        if (first < offset) {
            runs.put(first, new Run(offset - 1, run.position()));
        }
        runs.put(offset, new Run(offset, position));
        if (offset < run.last()) {
            runs.put(offset + 1, new Run(run.last(), run.position()));
        }
    }

    /** The position of an offset; of one between known ones that of the one before; empty before the first and behind the last. */
    OptionalLong at(long offset) {
        Map.Entry<Long, Run> run = runs.floorEntry(offset);
        return run == null || offset > runs.lastEntry().getValue().last()
                ? OptionalLong.empty()
                : OptionalLong.of(run.getValue().position());
    }
}
