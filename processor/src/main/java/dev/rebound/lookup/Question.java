package dev.rebound.lookup;

import dev.rebound.statistics.Subject;
import java.util.List;

/** What one instance can ask another about a partition of the state. */
sealed interface Question {

    /** The partition. */
    int partition();

    /**
     * Which of these rows are there?
     *
     * @param partition the partition
     * @param keys keys of rows, {@code list|address}
     */
    record Keys(int partition, List<String> keys) implements Question {

        /** Copies the keys. */
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Which rows suppress something that a filter lets pass?
     *
     * @param partition the partition
     * @param after the key behind which to begin; empty for the beginning
     * @param filter what is wanted
     * @param limit so many rows at most
     */
    record Range(int partition, String after, SuppressionFilter filter, int limit) implements Question {}

    /**
     * What do these rows of the statistics come to?
     *
     * @param partition the partition
     * @param wanted which rows
     */
    record Sums(int partition, SumsWanted wanted) implements Question {}

    /**
     * Up to when are events counted?
     *
     * @param partition the partition
     * @param kind of which subjects
     * @param upTo events that are later do not count: clocks can be wrong
     */
    record Latest(int partition, Subject.Kind kind, long upTo) implements Question {}
}
