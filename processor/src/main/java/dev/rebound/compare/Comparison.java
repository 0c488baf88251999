package dev.rebound.compare;

import dev.rebound.topology.Coordinates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What two sides differ in.
 *
 * @param before name of the first side
 * @param after name of the second side
 * @param at moment of the comparison
 * @param complete the sides hold all events that there are, not a span of them
 * @param filtered one side left out some of the events on purpose
 * @param events events that were classified differently
 * @param statistics figures that would differ
 * @param suppressions suppressions that would be added, lifted or changed
 * @param note what else the sides differ by, which explains differences; null for nothing
 */
public record Comparison(
        String before,
        String after,
        Instant at,
        boolean complete,
        boolean filtered,
        Events events,
        Statistics statistics,
        Suppressions suppressions,
        String note) {

    /** Stands for what is beyond the bound on what is told apart. */
    public static final String OTHER = "(other)";

    /** Stands for no value. */
    public static final String NONE = "none";

    /** With a note. */
    public Comparison withNote(String text) {
        return new Comparison(before, after, at, complete, filtered, events, statistics, suppressions, text);
    }

    /**
     * Events.
     *
     * @param compared events that both sides have and that could be read
     * @param changed those whose classification differs in anything but the table's position
     * @param onlyBefore events that only the first side has, or has once more
     * @param onlyAfter events that only the second side has, or has once more
     * @param withoutSource records that do not say where their event was read, which an older version wrote: not compared
     * @param unreadable pairs of which one could not be read
     * @param moved by bounce type: hard, soft or none; the most first, as in the next three
     * @param categories by category
     * @param rules by the row that decided, {@code none} for none
     * @param providers by provider, {@code none} for none
     * @param becameGone changed events whose recipient is gone by the second side only
     * @param noLongerGone changed events whose recipient is gone by the first side only
     * @param fields changed events by field of the classification that differs
     * @param domains by receiving domain, the most changed events first, {@link #OTHER} last
     */
    public record Events(
            long compared,
            long changed,
            long onlyBefore,
            long onlyAfter,
            long withoutSource,
            long unreadable,
            List<Move> moved,
            List<Move> categories,
            List<Move> rules,
            List<Move> providers,
            long becameGone,
            long noLongerGone,
            Map<String, Long> fields,
            List<Domain> domains) {}

    /**
     * A cell of a matrix, of those off its diagonal.
     *
     * @param from what the first side says
     * @param to what the second side says
     * @param count so many events
     */
    public record Move(String from, String to, long count) {}

    /**
     * Changed events of a receiving domain.
     *
     * @param domain A-label form, or {@link #OTHER}
     * @param changed so many
     * @param moved those whose bounce type differs
     * @param samples some of them, first those whose bounce type differs
     */
    public record Domain(String domain, long changed, long moved, List<Sample> samples) {}

    /**
     * A changed event.
     *
     * @param source where it was first read
     * @param eventTime when the attempt ended
     * @param outcome what became of it
     * @param before how the first side classifies it
     * @param after how the second side does
     * @param reply beginning of the reply on one line, with addresses masked; null for none
     */
    public record Sample(
            Coordinates source, Instant eventTime, String outcome, Verdict before, Verdict after, String reply) {}

    /**
     * A classification in short.
     *
     * @param bounceType hard, soft or none
     * @param category why
     * @param rule the row that decided; null for none
     * @param code the code that was used, enhanced or basic; null for none
     * @param provider who hosts the receiving domain; null when not recognised
     * @param recipientGone the address will not accept mail again
     */
    public record Verdict(
            String bounceType, String category, String rule, String code, String provider, boolean recipientGone) {}

    /**
     * Statistics.
     *
     * @param days figures of changed events, by receiving domain and day, the greatest differences first
     * @param moreDays so many more are not told of
     * @param otherEvents changed events of days beyond the bound on what is told apart
     * @param byKey final values by key, of each topic; empty when they were not compared
     */
    public record Statistics(List<Day> days, long moreDays, long otherEvents, List<Keys> byKey) {}

    /**
     * Figures of the changed events of a receiving domain on a day. What they were part of is not in them: the difference is what matters.
     *
     * @param domain A-label form
     * @param day UTC, event time
     * @param figures those that differ, by name as in the topics
     * @param categories those that differ, by category
     */
    public record Day(String domain, LocalDate day, Map<String, Change> figures, Map<String, Change> categories) {

        /** Sum of all differences of figures and categories, whatever their signs. */
        public long size() {
            return size(figures) + size(categories);
        }

        private static long size(Map<String, Change> changes) {
            return changes.values().stream()
                    .mapToLong(change -> Math.abs(change.difference()))
                    .sum();
        }
    }

    /**
     * A figure on both sides.
     *
     * @param before on the first
     * @param after on the second
     */
    public record Change(long before, long after) {

        /** What the second side has more. */
        public long difference() {
            return after - before;
        }
    }

    /**
     * Final values of a topic by key.
     *
     * @param topic without a prefix
     * @param same keys whose values are equal
     * @param differ keys whose values differ
     * @param onlyBefore keys that only the first side has
     * @param onlyAfter keys that only the second side has
     * @param examples some of the keys that are not the same
     */
    public record Keys(String topic, long same, long differ, long onlyBefore, long onlyAfter, List<String> examples) {}

    /**
     * Suppressions.
     *
     * @param same recipients that both sides suppress in the same way
     * @param added recipients that only the second side suppresses
     * @param lifted recipients that only the first side suppresses
     * @param changed recipients that both suppress, in different ways
     * @param outside recipients that a side suppresses and that were not compared
     * @param outsideBecause these by the first reason found
     * @param unreadable keys of which something could not be read
     * @param listed the first of the differences
     */
    public record Suppressions(
            long same,
            long added,
            long lifted,
            long changed,
            long outside,
            Map<Outside, Long> outsideBecause,
            long unreadable,
            List<SuppressionDifference> listed) {

        /** All differences. */
        public long differences() {
            return added + lifted + changed;
        }
    }
}
