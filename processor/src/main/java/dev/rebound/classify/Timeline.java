package dev.rebound.classify;

import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the table says of one id over time, merged from its origins ahead of time.
 *
 * @param <R> what the table says at one moment
 */
final class Timeline<R> {

    private final Instant[] starts;
    /** From {@code starts[i]} on, {@code values.get(i)} is in force; null says nothing. */
    private final List<R> values;

    private Timeline(Instant[] starts, List<R> values) {
        this.starts = starts;
        this.values = values;
    }

    /**
     * What the origins say at one moment.
     *
     * @param revisions those in force, of the strongest origin first; not empty
     * @param origins their names in the same order, separated by {@code +}
     */
    record InForce(List<StatusCodeRevision> revisions, String origins) {

        /** The value of a field of the strongest origin that has one; null when none has. */
        <T> T first(Function<StatusCodeRevision, T> field) {
            for (StatusCodeRevision revision : revisions) {
                T value = field.apply(revision);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }

    /** A value that has always been in force. */
    static <R> Timeline<R> always(R value) {
        return new Timeline<>(new Instant[] {Instant.MIN}, List.of(value));
    }

    /**
     * Merges origins.
     *
     * @param byOrigin rows in the order of the origins' strength
     * @param merge makes a value of what is in force at a moment; may answer null
     */
    static <R> Timeline<R> merge(Map<Origin, StatusCode> byOrigin, Function<InForce, R> merge) {
        TreeSet<Instant> moments = new TreeSet<>();
        moments.add(Instant.MIN);
        byOrigin.values().forEach(row -> row.getRevisions().forEach(revision -> moments.add(start(revision))));
        List<R> values = new ArrayList<>();
        Map<R, R> known = new HashMap<>();
        for (Instant moment : moments) {
            InForce inForce = at(byOrigin, moment);
            R value = inForce.revisions().isEmpty() ? null : merge.apply(inForce);
            values.add(value == null ? null : known.computeIfAbsent(value, Function.identity()));
        }
        return new Timeline<>(moments.toArray(Instant[]::new), values);
    }

    /** What is said at this time; null for nothing. */
    R at(Instant time) {
        if (starts.length == 1) {
            return values.get(0);
        }
        int found = Arrays.binarySearch(starts, time);
        return values.get(found >= 0 ? found : -found - 2);
    }

    /** All that is ever said, the very objects that {@link #at} answers. */
    Set<R> all() {
        Set<R> all = new LinkedHashSet<>(values);
        all.removeIf(Objects::isNull);
        return all;
    }

    private static InForce at(Map<Origin, StatusCode> byOrigin, Instant moment) {
        List<StatusCodeRevision> revisions = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        byOrigin.forEach((origin, row) -> {
            StatusCodeRevision revision = inForce(row, moment);
            if (revision != null && !revision.getWithdrawn()) {
                revisions.add(revision);
                origins.add(origin.text());
            }
        });
        return new InForce(revisions, String.join("+", origins));
    }

    /** What was recorded last wins among all that had taken effect, so that a correction can reach back. */
    static StatusCodeRevision inForce(StatusCode row, Instant moment) {
        List<StatusCodeRevision> revisions = row.getRevisions();
        for (int i = revisions.size() - 1; i >= 0; i--) {
            if (!start(revisions.get(i)).isAfter(moment)) {
                return revisions.get(i);
            }
        }
        return null;
    }

    private static Instant start(StatusCodeRevision revision) {
        return revision.getEffectiveFrom() == null ? Instant.MIN : revision.getEffectiveFrom();
    }
}
