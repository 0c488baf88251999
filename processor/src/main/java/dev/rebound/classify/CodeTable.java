package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What status codes and the words of replies mean: an immutable snapshot, merged from its origins and compiled ahead of
 * time, so that nothing is decoded for an event.
 *
 * <p>Origins are merged field by field, in the order of {@link Origin}. Of each origin the revision in force at the event's
 * time counts.
 */
public final class CodeTable {

    /** Position of a table that was not read from a topic. */
    public static final long NO_POSITION = -1;

    private static final CodeTable EMPTY = of(List.of());

    private final Map<String, Map<Origin, StatusCode>> sources = new HashMap<>();
    private final Map<String, Timeline<CodeRow>> codes = new HashMap<>();
    private final Map<String, Timeline<TextRule>> rules = new HashMap<>();
    private final TextRules compiled;
    private final long position;

    /** What is the same as in an earlier table is taken from it: compiling all rules anew is the most of a change's cost. */
    private CodeTable(Collection<StatusCode> rows, long position, CodeTable earlier) {
        for (StatusCode row : rows) {
            Origin origin = Origin.parse(row.getOrigin());
            if (earlier == null || earlier.source(origin, row.getId()) != row) {
                validate(row);
            }
            sources.computeIfAbsent(row.getId(), id -> new EnumMap<>(Origin.class))
                    .put(origin, row);
        }
        sources.forEach((id, byOrigin) -> {
            boolean same = earlier != null && isSame(byOrigin, earlier.sources.get(id));
            if (TextRule.isId(id)) {
                rules.put(
                        id,
                        same
                                ? earlier.rules.get(id)
                                : Timeline.merge(byOrigin, inForce -> TextRule.merge(id, inForce)));
            } else {
                CodeId code = CodeId.parse(id);
                codes.put(
                        id, same ? earlier.codes.get(id) : Timeline.merge(byOrigin, inForce -> codeRow(code, inForce)));
            }
        });
        this.compiled =
                earlier != null && rules.equals(earlier.rules) ? earlier.compiled : TextRules.over(rules.values());
        this.position = position;
    }

    private static boolean isSame(Map<Origin, StatusCode> now, Map<Origin, StatusCode> before) {
        return before != null
                && now.size() == before.size()
                && now.entrySet().stream().allMatch(row -> before.get(row.getKey()) == row.getValue());
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
        return of(rows, NO_POSITION);
    }

    /**
     * A table of these rows.
     *
     * @param position offset in the topic up to which they were read
     * @throws InvalidRowException when a row cannot be used
     */
    public static CodeTable of(Collection<StatusCode> rows, long position) {
        return new CodeTable(rows, position, null);
    }

    /**
     * A table of these rows, made faster where many of them are the very objects that this one was made of.
     *
     * @param readTo offset in the topic up to which they were read
     * @throws InvalidRowException when a row cannot be used; this table stays as it is
     */
    public CodeTable changed(Collection<StatusCode> rows, long readTo) {
        return new CodeTable(rows, readTo, this);
    }

    /** Offset in the topic up to which the table was read; {@link #NO_POSITION} when it came from no topic. */
    public long position() {
        return position;
    }

    /** Number of codes and text rules that the table knows. */
    public int size() {
        return sources.size();
    }

    /** The row of this code in force at this time; null when there is none. */
    public CodeRow row(String id, Instant at) {
        Timeline<CodeRow> timeline = codes.get(id);
        return timeline == null ? null : timeline.at(at);
    }

    /** The text rule of this id in force at this time; null when there is none, or what is there of it is not complete. */
    public TextRule rule(String id, Instant at) {
        Timeline<TextRule> timeline = rules.get(id);
        return timeline == null ? null : timeline.at(at);
    }

    /** What this origin says of this code or text rule, with its history; null when it says nothing. */
    public StatusCode source(Origin origin, String id) {
        return sources.getOrDefault(id, Map.of()).get(origin);
    }

    /** The revision of this origin in force at this time; null when it says nothing of this code or text rule then. */
    public StatusCodeRevision inForce(Origin origin, String id, Instant at) {
        StatusCode row = source(origin, id);
        StatusCodeRevision revision = row == null ? null : Timeline.inForce(row, at);
        return revision == null || revision.getWithdrawn() ? null : revision;
    }

    /** What no origin says at this time of this text rule, and has to be said: of category and phrases; empty for neither. */
    public List<String> lacking(String id, Instant at) {
        List<StatusCodeRevision> inForce = Stream.of(Origin.values())
                .map(origin -> inForce(origin, id, at))
                .filter(Objects::nonNull)
                .toList();
        List<String> lacking = new ArrayList<>();
        if (inForce.stream().allMatch(revision -> revision.getCategory() == null)) {
            lacking.add("category");
        }
        if (inForce.stream().allMatch(revision -> revision.getPhrases() == null)) {
            lacking.add("phrases");
        }
        return lacking;
    }

    /** All rows of codes in force at this time: classes, groups, basic codes, then enhanced codes in numeric order. */
    public List<CodeRow> rows(Instant at) {
        return codes.values().stream()
                .map(timeline -> timeline.at(at))
                .filter(Objects::nonNull)
                .sorted((a, b) -> CodeOrder.INSTANCE.compare(a.id(), b.id()))
                .toList();
    }

    /** All text rules in force at this time, in the order of their ids. */
    public List<TextRule> rules(Instant at) {
        return rules.values().stream()
                .map(timeline -> timeline.at(at))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(TextRule::id))
                .toList();
    }

    /** All text rules, ready to be compared with replies. */
    TextRules texts() {
        return compiled;
    }

    /** Refuses a row that cannot be used. @throws InvalidRowException naming field, value and what was expected */
    public static void validate(StatusCode row) {
        boolean text = TextRule.isId(row.getId());
        if (!text) {
            CodeId.parse(row.getId());
        }
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
            if (text) {
                TextRule.validate(revision);
            } else {
                refuseTextFields(revision);
            }
        }
    }

    private static void refuseTextFields(StatusCodeRevision revision) {
        if (revision.getPhrases() != null
                || revision.getProvider() != null
                || revision.getCondition() != null
                || revision.getRecipientGone() != null) {
            throw new InvalidRowException(
                    "phrases, provider, condition, recipientGone",
                    "set for a code",
                    "these only in rows whose id begins with a letter: text rules");
        }
    }

    private static CodeRow codeRow(CodeId id, Timeline.InForce inForce) {
        String category = inForce.first(StatusCodeRevision::getCategory);
        return new CodeRow(
                id,
                category == null ? null : Categories.shipped().require(category),
                bounceType(inForce),
                inForce.first(StatusCodeRevision::getSummary),
                inForce.first(StatusCodeRevision::getDescription),
                inForce.first(StatusCodeRevision::getExplanation),
                inForce.first(StatusCodeRevision::getReference),
                inForce.origins());
    }

    /** What the strongest origin says; null when it is left to the status class. */
    static BounceType bounceType(Timeline.InForce inForce) {
        BounceType type = inForce.first(StatusCodeRevision::getBounceType);
        return type == BounceType.NONE ? null : type;
    }
}
