package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.rebound.statistics.WindowSize;
import dev.rebound.topology.StatisticsSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Keys about statistics. */
final class StatisticsKeys {

    private static final String MINUTES_LAY_AWAY_MS = "rebound.stats.minutes.lay.away.ms";
    private static final String HOURS_LAY_AWAY_MS = "rebound.stats.hours.lay.away.ms";
    private static final String DAYS_LAY_AWAY_MS = "rebound.stats.days.lay.away.ms";
    private static final String DOMAINS_MAX = "rebound.stats.domains.max";
    private static final String METRICS_TOP = "rebound.metrics.top";

    private StatisticsKeys() {}

    static ConfigDef define(ConfigDef keys) {
        return keys.define(
                        ReboundConfig.STATS_FLUSH_MS,
                        Type.LONG,
                        5_000L,
                        atLeast(10),
                        LOW,
                        "How long a task folds counts before it passes them on, in milliseconds: longer means fewer records,"
                                + " later numbers.")
                .define(
                        ReboundConfig.STATS_ROLL_UP_MS,
                        Type.LONG,
                        10_000L,
                        between(10, Duration.ofMinutes(5).toMillis()),
                        LOW,
                        "How long counts of all tasks are gathered before they are added to the rows of minutes, hours and days,"
                                + " in milliseconds: longer means fewer records, later numbers.")
                .define(
                        MINUTES_LAY_AWAY_MS,
                        Type.LONG,
                        Duration.ofDays(3).toMillis(),
                        atLeast(Duration.ofHours(2).toMillis()),
                        LOW,
                        "How long after its last change a minute's row stays in the store, in milliseconds. Events for it after"
                                + " that continue in a new part, which readers add.")
                .define(
                        HOURS_LAY_AWAY_MS,
                        Type.LONG,
                        Duration.ofDays(62).toMillis(),
                        atLeast(Duration.ofHours(2).toMillis()),
                        LOW,
                        "As rebound.stats.minutes.lay.away.ms, for rows of hours.")
                .define(
                        DAYS_LAY_AWAY_MS,
                        Type.LONG,
                        Duration.ofDays(400).toMillis(),
                        atLeast(Duration.ofHours(2).toMillis()),
                        LOW,
                        "As rebound.stats.minutes.lay.away.ms, for rows of days.")
                .define(
                        DOMAINS_MAX,
                        Type.INT,
                        100_000,
                        atLeast(1),
                        LOW,
                        "So many domains of a tenant at most have rows of their own in a day of event time, divided equally among"
                                + " partitions. The others, as of a flood of made-up domains, are counted together as (other).")
                .define(
                        METRICS_TOP,
                        Type.INT,
                        20,
                        between(0, 500),
                        LOW,
                        "So many domains, and so many providers, have series of their own in an instance's metrics: those with most"
                                + " events in the last hour. 0 for none.");
    }

    /** @throws ConfigException when longer windows would be laid away before shorter ones, of which they are made up again */
    static StatisticsSettings settings(AbstractConfig config) {
        refuseShorter(config, HOURS_LAY_AWAY_MS, MINUTES_LAY_AWAY_MS);
        refuseShorter(config, DAYS_LAY_AWAY_MS, HOURS_LAY_AWAY_MS);
        return new StatisticsSettings(
                millis(config, ReboundConfig.STATS_FLUSH_MS),
                millis(config, ReboundConfig.STATS_ROLL_UP_MS),
                Map.of(
                        WindowSize.MINUTE, millis(config, MINUTES_LAY_AWAY_MS),
                        WindowSize.HOUR, millis(config, HOURS_LAY_AWAY_MS),
                        WindowSize.DAY, millis(config, DAYS_LAY_AWAY_MS)),
                config.getInt(DOMAINS_MAX));
    }

    private static void refuseShorter(AbstractConfig config, String longer, String shorter) {
        if (config.getLong(longer) < config.getLong(shorter)) {
            throw new ConfigException(longer + ": " + config.getLong(longer) + " (expected: at least " + shorter
                    + ", which is " + config.getLong(shorter) + "; sums of a span take long windows where they can)");
        }
    }

    static int topSubjects(AbstractConfig config) {
        return config.getInt(METRICS_TOP);
    }

    private static Duration millis(AbstractConfig config, String key) {
        return Duration.ofMillis(config.getLong(key));
    }
}
