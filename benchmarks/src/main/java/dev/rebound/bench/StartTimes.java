package dev.rebound.bench;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * When a start had come how far, in seconds since the process was started. Each part ends where the next begins.
 *
 * @param answering the virtual machine and its classes are there, the configuration is read, and the HTTP server answers
 * @param loaded brokers and registry have answered, topics are checked, and the shipped codes are in their topic
 * @param starting the topology is built, and its clients are made
 * @param table the code table is read
 * @param assigned the group has given this instance its partitions
 * @param restored state is open, and restored where it was not there
 * @param ready the instance says so
 * @param firstOutput a consumer that reads committed records has an outcome of an event that was sent after the start
 */
record StartTimes(
        double answering,
        double loaded,
        double starting,
        double table,
        double assigned,
        double restored,
        double ready,
        double firstOutput) {

    private static final String LOADED = " shipped rows into ";
    private static final String STARTING = "State transition from CREATED to REBALANCING";
    private static final String TABLE = "global-stream-thread";
    private static final String TABLE_READ = "State transition from CREATED to RUNNING";
    private static final String ASSIGNED = "to PARTITIONS_ASSIGNED";
    private static final String RESTORED = "State transition from PARTITIONS_ASSIGNED to RUNNING";

    static final String HEAD =
            "| start | JVM, classes, HTTP | cluster, topics, codes | topology, clients | code table | group | opening and restoring state |"
                    + " ready after | first output after |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";

    /**
     * Reads the moments between from a log.
     *
     * @param log lines of an instance, of level INFO and above
     * @param begin when the process was started, in milliseconds since 1970
     * @throws IllegalArgumentException when one is missing
     */
    static StartTimes of(List<String> log, long begin, double answering, double ready, double firstOutput) {
        return new StartTimes(
                answering,
                first(log, begin, LOADED, ""),
                first(log, begin, STARTING, ""),
                first(log, begin, TABLE, TABLE_READ),
                // Where it takes several rounds: the last ones before it is ready.
                last(log, begin, ASSIGNED, ready),
                last(log, begin, RESTORED, ready),
                ready,
                firstOutput);
    }

    private static double first(List<String> log, long begin, String part, String other) {
        return log.stream()
                .filter(line -> line.contains(part) && line.contains(other))
                .findFirst()
                .map(line -> seconds(line, begin))
                .orElseThrow(() -> missing(part));
    }

    private static double last(List<String> log, long begin, String part, double before) {
        return log.stream()
                .filter(line -> line.contains(part))
                .map(line -> seconds(line, begin))
                .filter(seconds -> seconds <= before)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> missing(part));
    }

    private static double seconds(String line, long begin) {
        OffsetDateTime time = OffsetDateTime.parse(line.substring(0, line.indexOf(' ')));
        return (time.toInstant().toEpochMilli() - begin) / 1e3;
    }

    private static IllegalArgumentException missing(String part) {
        return new IllegalArgumentException("the log has no line with \"" + part + '"');
    }

    /** The one of several starts that was ready neither sooner nor later than most. */
    static StartTimes middle(List<StartTimes> starts) {
        List<StartTimes> sorted = starts.stream()
                .sorted(Comparator.comparingDouble(StartTimes::ready))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** A row of the table, in seconds. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                answering,
                loaded - answering,
                starting - loaded,
                table - starting,
                assigned - table,
                restored - assigned,
                ready,
                firstOutput);
    }
}
