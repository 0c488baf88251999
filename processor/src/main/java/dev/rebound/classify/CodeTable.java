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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What status codes and the words of replies mean, and who hosts receiving domains: an immutable snapshot, merged from its
 * origins and compiled ahead of time, so that nothing is decoded for an event.
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
    private final Providers providers;
    private final long position;
    private volatile String fingerprint;

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
        Map<String, Timeline<ProviderRow>> bySuffix = new HashMap<>();
        sources.forEach((id, byOrigin) -> {
            boolean same = earlier != null && isSame(byOrigin, earlier.sources.get(id));
            switch (RowKind.of(id)) {
                case TEXT_RULE ->
                    rules.put(
                            id,
                            same
                                    ? earlier.rules.get(id)
                                    : Timeline.merge(byOrigin, inForce -> TextRule.merge(id, inForce)));
                case CODE -> {
                    CodeId code = CodeId.parse(id);
                    codes.put(
                            id,
                            same ? earlier.codes.get(id) : Timeline.merge(byOrigin, inForce -> codeRow(code, inForce)));
                }
                case PROVIDER -> {
                    String suffix = ProviderRow.suffixOf(id);
                    bySuffix.put(
                            suffix,
                            same
                                    ? earlier.providers.timeline(suffix)
                                    : Timeline.merge(byOrigin, inForce -> ProviderRow.merge(suffix, inForce)));
                }
            }
        });
        this.providers =
                earlier != null && earlier.providers.isOf(bySuffix) ? earlier.providers : new Providers(bySuffix);
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

    /** Twelve hexadecimal digits that are the same for tables that say the same, whoever wrote them and when. */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = TableFingerprint.of(sources.values());
            fingerprint = known;
        }
        return known;
    }

    /** Number of codes, text rules and suffixes of mail hosts that the table knows. */
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

    /** What this origin says of this code, text rule or suffix, with its history; null when it says nothing. */
    public StatusCode source(Origin origin, String id) {
        return sources.getOrDefault(id, Map.of()).get(origin);
    }

    /** The revision of this origin in force at this time; null when it says nothing of this code, text rule or suffix then. */
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

    /**
     * The row that says who hosts the domains behind a mail host: the one in force at this time with the longest suffix of
     * the host's name.
     *
     * @param host name of the receiving server, any letter case, with or without a dot at its end; may be null
     * @return null when no row has a suffix of it, and for what is longer than a name can be
     */
    public ProviderRow providerOf(String host, Instant at) {
        return providers.of(host, at);
    }

    /** The row about this suffix in force at this time; null when there is none. */
    public ProviderRow providerRow(String suffix, Instant at) {
        return providers.row(suffix, at);
    }

    /** All rows about providers in force at this time, in the order of providers and suffixes, those of nobody first. */
    public List<ProviderRow> providerRows(Instant at) {
        return providers.rows(at);
    }

    /**
     * What people know the providers in force at this time by, such as {@code Gmail and Google Workspace} for {@code google}.
     * Of several names the one recorded last counts; a provider that no row names has its own as its name.
     *
     * @return names by providers, in alphabetical order
     */
    public SortedMap<String, String> providerNames(Instant at) {
        return providers.names(at);
    }

    /** All providers that any row has at any time, in alphabetical order: what text rules of any time can be for. */
    public SortedSet<String> providers() {
        return providers.ever();
    }

    /** Who hosts what, with what was found of hosts so far. */
    Providers providersByHost() {
        return providers;
    }

    /** All text rules, ready to be compared with replies. */
    TextRules texts() {
        return compiled;
    }

    /** Refuses a row that cannot be used. @throws InvalidRowException naming field, value and what was expected */
    public static void validate(StatusCode row) {
        RowKind kind = RowKind.of(row.getId());
        switch (kind) {
            case CODE -> CodeId.parse(row.getId());
            case PROVIDER -> ProviderRow.suffixOf(row.getId());
            case TEXT_RULE -> {
                // Its id is one already: that is how it was told from the others.
            }
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
            switch (kind) {
                case CODE -> refuseTextFields(revision);
                case PROVIDER -> ProviderRow.validate(revision);
                case TEXT_RULE -> TextRule.validate(revision);
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
                    "these only in rows of text rules, whose id is a name such as user-unknown");
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
