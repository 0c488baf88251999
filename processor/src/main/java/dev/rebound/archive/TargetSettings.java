package dev.rebound.archive;

import dev.rebound.app.MendingCommands;
import dev.rebound.topology.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.TopicConfig;

/** Settings that a topic needs to take the records of an archive as they are, and to keep them. */
final class TargetSettings {

    /** What header {@code rebound.source} adds at most: its name, a topic's name and three numbers. */
    private static final int ADDED_HEADER_BYTES = 384;

    /** Brokers take timestamps up to so far ahead of their clocks, and those should not differ by more than the rest. */
    private static final long CLOCKS_MILLIS = 60_000;

    private static final String UNLIMITED = "-1";

    private final Instant earliest;
    private final Instant latest;
    private final int largest;

    /** @param contents files of the archive, at least one */
    TargetSettings(List<ArchivedFile> contents) {
        this.earliest = contents.stream()
                .map(ArchivedFile::earliest)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        this.latest = contents.stream()
                .map(ArchivedFile::latest)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        this.largest = contents.stream().mapToInt(ArchivedFile::largest).max().orElse(0) + ADDED_HEADER_BYTES;
    }

    /** Lowest timestamp of a record. */
    Instant earliest() {
        return earliest;
    }

    /** What a record takes up at most. */
    int largest() {
        return largest;
    }

    /** What to create a topic with. */
    Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        wanted.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        wanted.put(TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
        wanted.put(TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED);
        wanted.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, wantedBytes());
        return wanted;
    }

    /**
     * What a topic's settings are to be changed to.
     *
     * @param is the value that a setting has
     * @return sentences with their remedies; empty when the topic can be used as it is
     */
    List<String> problems(String topic, UnaryOperator<String> is, Instant now, MendingCommands commands) {
        Map<String, String> changes = new LinkedHashMap<>();
        if (is.apply(TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            changes.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        }
        if (!"CreateTime".equals(is.apply(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
            changes.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        }
        long age = Math.max(0, now.toEpochMilli() - earliest.toEpochMilli());
        if (isBelow(is.apply(TopicConfig.RETENTION_MS_CONFIG), age)) {
            changes.put(TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
        }
        if (!UNLIMITED.equals(is.apply(TopicConfig.RETENTION_BYTES_CONFIG))) {
            changes.put(TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED);
        }
        if (isBelow(is.apply(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG), age)) {
            changes.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        }
        long ahead = latest.toEpochMilli() - now.toEpochMilli() + CLOCKS_MILLIS;
        if (isBelow(is.apply(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), ahead)) {
            changes.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        }
        if (isBelow(is.apply(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), largest)) {
            changes.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, wantedBytes());
        }
        List<String> problems = new ArrayList<>();
        changes.forEach((name, value) -> problems.add("topic " + topic + " has " + name + "=" + is.apply(name)
                + " (expected: " + value + ", " + reason(name) + "); mend it with: "
                + commands.alterTopic(topic, name, value)));
        return problems;
    }

    /** No less than usual: producers send many records at once. */
    private String wantedBytes() {
        return Integer.toString(Math.max(Topics.INPUT_MAX_BYTES, largest));
    }

    private static boolean isBelow(String setting, long needed) {
        return !UNLIMITED.equals(setting) && Long.parseLong(setting) < needed;
    }

    private String reason(String setting) {
        return switch (setting) {
            case TopicConfig.CLEANUP_POLICY_CONFIG -> "or records of the same key would be dropped";
            case TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG -> "or records would be dated by their restoring";
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> "or the largest records would be refused";
            case TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG -> "or records of " + latest + " would be refused";
            case TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG ->
                "or records of " + earliest + " would be refused";
            default -> "or records of " + earliest + " would be deleted again";
        };
    }
}
