package dev.rebound.lookup;

import dev.rebound.lookup.InvalidLookupException.Mistake;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.WindowSize;
import dev.rebound.topology.StatisticsSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reads spans of event time as people write them, and widens them to what the store keeps of that time. */
final class Spans {

    /** No limit on this side. */
    static final String ALL = "all";

    /** What has four digits for its year: windows around it can be counted in milliseconds. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final StatisticsSettings settings;
    private final Clock clock;

    Spans(StatisticsSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A span.
     *
     * @param from name of its parameter and what was given: a time in ISO 8601, or {@code all}; null or empty is {@code all}
     * @param to as from
     * @param mistakes gets what is wrong
     */
    Span parse(Parameter from, Parameter to, List<Mistake> mistakes) {
        Instant first = moment(from, mistakes);
        Instant last = moment(to, mistakes);
        if (first != null && last != null && !first.isBefore(last)) {
            mistakes.add(new Mistake(to.name(), "not after " + from.name() + " (expected: a later time)"));
        }
        Span span = new Span(
                first == null ? Span.OPEN_FROM : first.toEpochMilli(),
                last == null ? Span.OPEN_TO : last.toEpochMilli());
        return widened(span);
    }

    /**
     * A parameter as it was given.
     *
     * @param name its name
     * @param value its value; null when it was not given
     */
    record Parameter(String name, String value) {}

    private static Instant moment(Parameter given, List<Mistake> mistakes) {
        String text = given.value();
        if (text == null || text.isEmpty() || text.equalsIgnoreCase(ALL)) {
            return null;
        }
        try {
            Instant moment = Instant.parse(text);
            if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
                return moment;
            }
        } catch (DateTimeParseException e) {
            // Told below, as what is too far away.
        }
        mistakes.add(
                new Mistake(given.name(), "this is no time (expected: such as 2026-03-01T12:00:00Z, or " + ALL + ")"));
        return null;
    }

    /** To whole minutes; further back, where the rows of minutes may be laid away, to whole hours or days. */
    private Span widened(Span span) {
        WindowSize first = span.from() == Span.OPEN_FROM ? WindowSize.MINUTE : kept(span.from());
        WindowSize last = span.to() == Span.OPEN_TO ? WindowSize.MINUTE : kept(span.to());
        return new Span(span.fromIn(first), span.toIn(last));
    }

    private WindowSize kept(long moment) {
        long age = clock.millis() - moment;
        for (WindowSize size : WindowSize.values()) {
            if (age < settings.layAwayAfter().get(size).toMillis()) {
                return size;
            }
        }
        return WindowSize.DAY;
    }
}
