package dev.rebound.compare;

import dev.rebound.suppress.SuppressionKey;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What of the source topic is compared.
 *
 * @param topic name of the topic in which the events were first read, as their coordinates name it
 * @param ranges offsets by partition of that topic; events of other partitions are left out
 * @param since arrival of the first event in the ranges; null when it is not known, and everything is read
 * @param asOf arrival of the end of the ranges
 * @param complete nothing of the topic lies outside of the ranges
 * @param filtered a side left out events within the ranges: those that only the other one has are not missing
 * @param recipients whose events no side left out; suppressions of others are not compared
 */
public record Scope(
        String topic,
        Map<Integer, Range> ranges,
        Instant since,
        Instant asOf,
        boolean complete,
        boolean filtered,
        Predicate<SuppressionKey> recipients) {

    /**
     * Offsets of a partition.
     *
     * @param from the first
     * @param to the one behind the last
     */
    public record Range(long from, long to) {}

    /** Copies the map. */
    public Scope {
        ranges = Map.copyOf(ranges);
    }

    /** An event that was first read there is in the ranges. */
    boolean holds(String source, int partition, long offset) {
        Range range = ranges.get(partition);
        return range != null && offset >= range.from() && offset < range.to() && topic.equals(source);
    }
}
