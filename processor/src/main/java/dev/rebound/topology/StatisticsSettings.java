package dev.rebound.topology;

import dev.rebound.statistics.WindowSize;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Pace and size of the statistics.
 *
 * @param flush how long a task folds events before it passes the sums on
 * @param rollUp how long sums are gathered before they are added to their rows
 * @param layAwayAfter how long after its last change a row stays in the store, by the length of its window
 * @param mostDomains so many domains of a tenant have rows of their own in a day of event time; others are counted together
 */
public record StatisticsSettings(
        Duration flush, Duration rollUp, Map<WindowSize, Duration> layAwayAfter, int mostDomains) {

    /** Copies the map. @throws IllegalArgumentException when a size has no time */
    public StatisticsSettings {
        layAwayAfter = Map.copyOf(layAwayAfter);
        if (layAwayAfter.size() != WindowSize.values().length) {
            throw new IllegalArgumentException("each size of windows needs a time after which its rows are laid away");
        }
    }

    /**
     * For going over what has happened once more: windows stay as long as it takes, and each domain has its own, so that neither how
     * long it took nor in which order things came shows.
     */
    public StatisticsSettings forReplay() {
        Map<WindowSize, Duration> never = new EnumMap<>(WindowSize.class);
        for (WindowSize size : WindowSize.values()) {
            never.put(size, Duration.ofDays(36_500));
        }
        return new StatisticsSettings(flush, rollUp, never, Integer.MAX_VALUE);
    }
}
