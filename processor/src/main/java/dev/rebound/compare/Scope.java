package dev.rebound.compare;

import dev.rebound.suppress.Command;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.Item;
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
 * @param until arrival of the last event in the ranges: what happened later is of neither
 * @param asOf arrival of the last event or command that a side has read: who decided something later decided after its end. Commands are
 *     read whatever the ranges, so that it can be later than the other
 * @param complete nothing of the topic lies outside of the ranges
 * @param filtered a side left out events within the ranges: those that only the other one has are not missing
 * @param recipients whose events no side left out; suppressions of others are not compared
 */
public record Scope(
        String topic,
        Map<Integer, Range> ranges,
        Instant since,
        Instant until,
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

    /** Something came after the end of the ranges. A failure's or complaint's place tells, where it has one beside them; else its time. */
    boolean isBehind(Item item) {
        if (item instanceof Command) {
            return item.time() > asOf.toEpochMilli();
        }
        if (item instanceof Evidence found && topic.equals(found.topic()) && ranges.containsKey(found.partition())) {
            return found.offset() >= ranges.get(found.partition()).to();
        }
        return item.time() > until.toEpochMilli();
    }
}
