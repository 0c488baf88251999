package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the status codes mean: an immutable snapshot, merged from its origins ahead of time so that a look-up costs a
 * hash and nothing is decoded for an event.
 *
 * <p>Origins are merged field by field, {@link Origin#OPERATOR} before {@link Origin#SEED} before {@link Origin#IANA}. Of
 * each origin the revision in force at the event's time counts.
 */
public final class CodeTable {

    /** Position of a table that was not read from a topic. */
    public static final long NO_POSITION = -1;

    private static final CodeTable EMPTY = new CodeTable(Map.of(), Map.of(), NO_POSITION);

    private final Map<String, Map<Origin, StatusCode>> sources;
    private final Map<String, Timeline> timelines;
    private final long position;

    private CodeTable(Map<String, Map<Origin, StatusCode>> sources, Map<String, Timeline> timelines, long position) {
        this.sources = sources;
        this.timelines = timelines;
        this.position = position;
    }

    /** A table without rows. */
    public static CodeTable empty() {
        return EMPTY;
    }

    /**
     * A table of these rows, read from no topic.
     *
     * @throws InvalidRowException when a row cannot be used
     */
    public static CodeTable of(Collection<StatusCode> rows) {
        Map<String, Map<Origin, StatusCode>> sources = new HashMap<>();
        Map<String, Timeline> timelines = new HashMap<>();
        for (StatusCode row : rows) {
            validate(row);
            sources.computeIfAbsent(row.getId(), id -> new EnumMap<>(Origin.class))
                    .put(Origin.parse(row.getOrigin()), row);
        }
        sources.forEach((id, byOrigin) -> timelines.put(id, Timeline.merge(CodeId.parse(id), byOrigin)));
        return new CodeTable(sources, timelines, NO_POSITION);
    }

    /**
     * This table with one row added or replaced.
     *
     * @param row what one origin says of one code
     * @param newPosition offset of the record that brought the row
     * @throws InvalidRowException when the row cannot be used; this table stays as it is
     */
    public CodeTable with(StatusCode row, long newPosition) {
        validate(row);
        return changed(row.getId(), Origin.parse(row.getOrigin()), row, newPosition);
    }

    /** This table without what this origin said of this code. */
    public CodeTable without(Origin origin, String id, long newPosition) {
        return changed(id, origin, null, newPosition);
    }

    /** This table, read on to a later position without a change. */
    public CodeTable at(long newPosition) {
        return new CodeTable(sources, timelines, newPosition);
    }

    /** Offset in the topic up to which the table was read; {@link #NO_POSITION} when it came from no topic. */
    public long position() {
        return position;
    }

    /** Number of codes that the table knows. */
    public int size() {
        return timelines.size();
    }

    /** The row of this id in force at this time; null when there is none. */
    public CodeRow row(String id, Instant at) {
        Timeline timeline = timelines.get(id);
        return timeline == null ? null : timeline.at(at);
    }

    /** What this origin says of this code, with its history; null when it says nothing. */
    public StatusCode source(Origin origin, String id) {
        return sources.getOrDefault(id, Map.of()).get(origin);
    }

    /** All rows in force at this time: classes, groups, basic codes, then enhanced codes in numeric order. */
    public List<CodeRow> rows(Instant at) {
        return timelines.values().stream()
                .map(timeline -> timeline.at(at))
                .filter(Objects::nonNull)
                .sorted((a, b) -> CodeOrder.INSTANCE.compare(a.id(), b.id()))
                .toList();
    }

    /** Refuses a row that cannot be used. @throws InvalidRowException naming field, value and what was expected */
    public static void validate(StatusCode row) {
        CodeId.parse(row.getId());
        Origin.parse(row.getOrigin());
        if (row.getRevisions().isEmpty()) {
            throw new InvalidRowException("revisions", "none", "at least one");
        }
        for (StatusCodeRevision revision : row.getRevisions()) {
            String category = revision.getCategory();
            if (category != null && Categories.shipped().byName(category).isEmpty()) {
                throw new InvalidRowException(
                        "category",
                        category,
                        "one of " + String.join(", ", Categories.shipped().names()));
            }
        }
    }

    private CodeTable changed(String id, Origin origin, StatusCode row, long newPosition) {
        Map<Origin, StatusCode> byOrigin = new EnumMap<>(Origin.class);
        byOrigin.putAll(sources.getOrDefault(id, Map.of()));
        if (row == null) {
            byOrigin.remove(origin);
        } else {
            byOrigin.put(origin, row);
        }
        Map<String, Map<Origin, StatusCode>> newSources = new HashMap<>(sources);
        Map<String, Timeline> newTimelines = new HashMap<>(timelines);
        if (byOrigin.isEmpty()) {
            newSources.remove(id);
            newTimelines.remove(id);
        } else {
            newSources.put(id, byOrigin);
            newTimelines.put(id, Timeline.merge(CodeId.parse(id), byOrigin));
        }
        return new CodeTable(newSources, newTimelines, newPosition);
    }

    /** One code over time: from {@code starts[i]} on, {@code rows[i]} is in force; a null row says nothing. */
    private record Timeline(Instant[] starts, CodeRow[] rows) {

        static Timeline merge(CodeId id, Map<Origin, StatusCode> byOrigin) {
            TreeSet<Instant> moments = new TreeSet<>();
            moments.add(Instant.MIN);
            byOrigin.values().forEach(row -> row.getRevisions().forEach(revision -> moments.add(start(revision))));
            Map<Instant, CodeRow> rows = new TreeMap<>();
            for (Instant moment : moments) {
                rows.put(moment, mergedAt(id, byOrigin, moment));
            }
            return new Timeline(moments.toArray(Instant[]::new), rows.values().toArray(CodeRow[]::new));
        }

        CodeRow at(Instant time) {
            if (starts.length == 1) {
                return rows[0];
            }
            int found = Arrays.binarySearch(starts, time);
            return rows[found >= 0 ? found : -found - 2];
        }

        private static Instant start(StatusCodeRevision revision) {
            return revision.getEffectiveFrom() == null ? Instant.MIN : revision.getEffectiveFrom();
        }

        private static CodeRow mergedAt(CodeId id, Map<Origin, StatusCode> byOrigin, Instant moment) {
            List<StatusCodeRevision> inForce = new ArrayList<>();
            List<String> origins = new ArrayList<>();
            byOrigin.forEach((origin, row) -> {
                StatusCodeRevision revision = inForce(row, moment);
                if (revision != null && !revision.getWithdrawn()) {
                    inForce.add(revision);
                    origins.add(origin.text());
                }
            });
            if (inForce.isEmpty()) {
                return null;
            }
            String category = first(inForce, StatusCodeRevision::getCategory);
            return new CodeRow(
                    id,
                    category == null ? null : Categories.shipped().require(category),
                    bounceType(inForce),
                    first(inForce, StatusCodeRevision::getSummary),
                    first(inForce, StatusCodeRevision::getDescription),
                    first(inForce, StatusCodeRevision::getExplanation),
                    first(inForce, StatusCodeRevision::getReference),
                    String.join("+", origins));
        }

        /** What was recorded last wins among all that had taken effect, so that a correction can reach back. */
        private static StatusCodeRevision inForce(StatusCode row, Instant moment) {
            List<StatusCodeRevision> revisions = row.getRevisions();
            for (int i = revisions.size() - 1; i >= 0; i--) {
                if (!start(revisions.get(i)).isAfter(moment)) {
                    return revisions.get(i);
                }
            }
            return null;
        }

        private static BounceType bounceType(List<StatusCodeRevision> inForce) {
            BounceType type = first(inForce, StatusCodeRevision::getBounceType);
            return type == BounceType.NONE ? null : type;
        }

        private static <T> T first(List<StatusCodeRevision> inForce, Function<StatusCodeRevision, T> field) {
            return inForce.stream()
                    .map(field)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }
}
