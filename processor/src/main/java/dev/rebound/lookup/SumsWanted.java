package dev.rebound.lookup;

import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.util.List;

/**
 * Which rows of the statistics are to be added up, and how.
 *
 * @param kind of which subjects
 * @param names names of subjects; empty for all
 * @param tenant whose; null for all tenants together
 * @param span of which time
 * @param finest the shortest windows that the span is made up from
 * @param byName a sum for each name; else one for all
 * @param byWindow a sum for each window of the finest size; else one for the span
 * @param code only what has events with this code; null for all
 * @param details the details of hours and days are wanted rather than the counts
 */
record SumsWanted(
        Subject.Kind kind,
        List<String> names,
        String tenant,
        Span span,
        WindowSize finest,
        boolean byName,
        boolean byWindow,
        String code,
        boolean details) {

    /** Copies the names. */
    SumsWanted {
        names = List.copyOf(names);
    }

    /** What rows have to be read. */
    List<Span.Part> parts() {
        if (!byWindow) {
            return span.parts(finest);
        }
        Span whole = span.widenedTo(finest);
        return List.of(new Span.Part(finest, whole.from(), whole.to()));
    }
}
