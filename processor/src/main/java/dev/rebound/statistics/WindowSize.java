package dev.rebound.statistics;

import java.time.Duration;
import java.time.Instant;

/** How long the windows of event time are that statistics are kept for; UTC. */
public enum WindowSize {
    /** One minute. */
    MINUTE("PT1M", Duration.ofMinutes(1)),
    /** One hour. */
    HOUR("PT1H", Duration.ofHours(1)),
    /** One day. */
    DAY("P1D", Duration.ofDays(1));

    private final String text;
    private final long millis;

    WindowSize(String text, Duration duration) {
        this.text = text;
        this.millis = duration.toMillis();
    }

    /** ISO 8601 duration: {@code PT1M}, {@code PT1H} or {@code P1D}. */
    public String text() {
        return text;
    }

    /** Length in milliseconds. */
    public long millis() {
        return millis;
    }

    /** First moment of the window that a moment lies in, both as epoch milliseconds. */
    public long startOf(long time) {
        return Math.floorDiv(time, millis) * millis;
    }

    /** First moment of the window that a moment lies in. */
    public Instant startOf(Instant time) {
        return Instant.ofEpochMilli(startOf(time.toEpochMilli()));
    }

    /** First window's start that is not before a moment, as epoch milliseconds. */
    public long startNotBefore(long time) {
        return -Math.floorDiv(-time, millis) * millis;
    }

    /** The size with this {@link #text}; null when there is none. */
    public static WindowSize of(String text) {
        for (WindowSize size : values()) {
            if (size.text.equals(text)) {
                return size;
            }
        }
        return null;
    }
}
