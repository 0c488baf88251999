package dev.rebound.bench;

import java.util.List;
import java.util.Locale;

/**
 * How a long run was doing in one interval.
 *
 * @param minute since the rate was kept, at the end of the interval
 * @param eventsPerSecond processed and committed in the interval
 * @param lag events that were sent and not committed, at its end
 * @param heapBytes what the last collection left in the heap
 * @param residentBytes memory of the process; null where the system does not tell
 * @param storeBytes what the state stores hold of the memory that they share; part of the resident memory
 * @param collectionShare part of the interval that collections took, 0 to 1
 * @param cpuShare processor time of the process in the interval, in cores
 * @param stateBytes files of the state directory
 * @param threads live threads
 */
record SoakLine(
        double minute,
        double eventsPerSecond,
        long lag,
        long heapBytes,
        Long residentBytes,
        long storeBytes,
        double collectionShare,
        double cpuShare,
        long stateBytes,
        int threads) {

    private static final String HEAD =
            "| minute | events/s | lag, events | heap after collection, MB | resident, MB | of it stores, MB | collecting, % | cores | state on disk, MB | threads |\n"
                    + "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

    /** Resident memory beside that of the stores, which has a bound of its own and takes hours to come to it; null as that. */
    Long otherBytes() {
        return residentBytes == null ? null : residentBytes - storeBytes;
    }

    /** A table in Markdown. */
    static String table(List<SoakLine> lines) {
        StringBuilder table = new StringBuilder(HEAD);
        lines.forEach(line -> table.append(line.text()).append('\n'));
        return table.toString();
    }

    /** A row of the table. */
    String text() {
        return String.format(
                Locale.ROOT,
                "| %.1f | %,.0f | %,d | %s | %s | %s | %.2f | %.2f | %s | %d |",
                minute,
                eventsPerSecond,
                lag,
                Table.whole(heapBytes / 1e6),
                residentBytes == null ? "-" : Table.whole(residentBytes / 1e6),
                Table.whole(storeBytes / 1e6),
                collectionShare * 100,
                cpuShare,
                Table.whole(stateBytes / 1e6),
                threads);
    }
}
