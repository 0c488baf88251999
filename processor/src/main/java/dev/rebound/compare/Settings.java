package dev.rebound.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How a comparison is made, and how much it may take.
 *
 * @param now the moment of the comparison: suppressions that have ended by then are none
 * @param samples so many sample events are kept of each domain
 * @param domains so many domains are told apart; further ones are counted together
 * @param days so many days of domains are told apart in statistics
 * @param listed so many suppressions, and days of statistics, are told of; all are counted
 * @param heldBytes so many bytes of events that have not met their counterpart stay in memory; more are on disk
 * @param disorder so much earlier an event can have arrived than one that stands before it in a topic; one that has not met its counterpart
 *     after that is given up
 * @param statisticsByKey final values of statistics are compared too; of use only where both sides hold the same span alone
 * @param scratch directory in which temporary tables are made
 */
public record Settings(
        Instant now,
        int samples,
        int domains,
        int days,
        int listed,
        long heldBytes,
        Duration disorder,
        boolean statisticsByKey,
        Path scratch) {

    /** As much as a machine of any size can bear. */
    public static Settings standard(Instant now) {
        return new Settings(
                now,
                3,
                1_000,
                10_000,
                1_000,
                64L << 20,
                Duration.ofDays(1),
                false,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** With so many sample events of each domain. */
    public Settings withSamples(int number) {
        return new Settings(now, number, domains, days, listed, heldBytes, disorder, statisticsByKey, scratch);
    }

    /** With final values of statistics. */
    public Settings withStatisticsByKey() {
        return new Settings(now, samples, domains, days, listed, heldBytes, disorder, true, scratch);
    }

    /** With so many bytes in memory at most of events that have not met their counterpart. */
    Settings withHeldBytes(long bytes) {
        return new Settings(now, samples, domains, days, listed, bytes, disorder, statisticsByKey, scratch);
    }

    /** With temporary tables in this directory. */
    public Settings withScratch(Path directory) {
        return new Settings(now, samples, domains, days, listed, heldBytes, disorder, statisticsByKey, directory);
    }
}
