package dev.rebound.codes;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.RuleFile;
import dev.rebound.classify.TextRule;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes to the operator's text rules, checked together with what the other origins say of them; and what they say now. */
public final class OperatorRules {

    private final OperatorRows rows;
    private final CodeTable table;
    private final CodeTable beneath;

    /** On top of what the topic holds. */
    public OperatorRules(CodesTopic.Content content) {
        this.rows = new OperatorRows(content);
        this.table = content.table();
        this.beneath = content.beneath();
    }

    /** What counts where the operator says nothing. */
    public CodeTable beneath() {
        return beneath;
    }

    /**
     * The operator's row of a rule with a revision added that changes some fields and keeps the others of the latest one.
     *
     * @throws dev.rebound.classify.InvalidRowException when a field has a value that cannot be used
     * @throws IllegalArgumentException when nobody says what the rule looks for, or what it means, or when it is for a provider
     *     that no row has
     */
    public StatusCode set(String id, Consumer<StatusCodeRevision.Builder> change, OperatorRows.Effect effect) {
        StatusCode row = rows.set(id, change, effect);
        StatusCodeRevision says = row.getRevisions().get(row.getRevisions().size() - 1);
        TextRule.validateOver(beneath.rule(id, effect.start()), id, says);
        requireKnownProvider(id, says);
        List<String> lacking = lacking(id, says, effect.start());
        if (!lacking.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " has no " + String.join(" and no ", lacking)
                    + ", and no other origin says them (expected: both, as with --category NAME --phrase TEXT)");
        }
        return row;
    }

    /** A rule for a provider that no row has would match nothing; most likely it is misspelt. */
    private void requireKnownProvider(String id, StatusCodeRevision says) {
        String provider = says.getProvider();
        if (provider != null && !provider.isEmpty() && !table.providers().contains(provider)) {
            throw new IllegalArgumentException("rule " + id + ": provider: " + provider + " (expected: one of "
                    + String.join(", ", table.providers()) + "; rebound providers set adds one)");
        }
    }

    private List<String> lacking(String id, StatusCodeRevision says, Instant at) {
        List<String> lacking = new ArrayList<>(beneath.lacking(id, at));
        if (says.getCategory() != null) {
            lacking.remove("category");
        }
        if (says.getPhrases() != null) {
            lacking.remove("phrases");
        }
        return lacking;
    }

    /** Adds phrases to those of a revision; where it has none of its own, to those that show through. */
    public void addPhrases(
            String id, List<String> added, OperatorRows.Effect effect, StatusCodeRevision.Builder revision) {
        List<String> present = revision.getPhrases();
        TextRule rule = beneath.rule(id, effect.start());
        if (present == null && rule != null) {
            present = RuleFile.says(rule).getPhrases();
        }
        Set<String> phrases = new LinkedHashSet<>(present == null ? List.of() : present);
        phrases.addAll(added);
        revision.setPhrases(List.copyOf(phrases));
    }

    /**
     * The operator's rows that have to be written for these rules to be in force from the effect on.
     *
     * @param rules what each says, by its id, as {@link RuleFile} reads them
     * @return a row for each rule of which the operator does not say that already
     * @throws IllegalArgumentException when a rule is for a provider that no row has
     */
    public List<StatusCode> replacing(Map<String, StatusCodeRevision> rules, OperatorRows.Effect effect) {
        List<StatusCode> changed = new ArrayList<>();
        rules.forEach((id, says) -> {
            if (!isSaid(id, says, effect.start())) {
                requireKnownProvider(id, says);
                changed.add(rows.replace(id, says, effect));
            }
        });
        return changed;
    }

    /** Whether the operator says just that at a time and ever after. */
    private boolean isSaid(String id, StatusCodeRevision says, Instant from) {
        StatusCode row = table.source(Origin.OPERATOR, id);
        if (row == null) {
            return false;
        }
        Stream<Instant> later = row.getRevisions().stream()
                .map(StatusCodeRevision::getEffectiveFrom)
                .filter(Objects::nonNull)
                .filter(moment -> moment.isAfter(from));
        return Stream.concat(Stream.of(from), later).allMatch(moment -> {
            StatusCodeRevision said = table.inForce(Origin.OPERATOR, id, moment);
            return said != null && says.equals(undated(said));
        });
    }

    /** What the operator says of rules at this time, by their ids, as {@link RuleFile} writes and reads it. */
    public Map<String, StatusCodeRevision> said(Instant at) {
        Map<String, StatusCodeRevision> said = new LinkedHashMap<>();
        table.rules(at).forEach(rule -> {
            StatusCodeRevision revision = table.inForce(Origin.OPERATOR, rule.id(), at);
            if (revision != null) {
                said.put(rule.id(), undated(revision));
            }
        });
        return said;
    }

    /**
     * What an operator would have to say for all rules to be as they are at this time, by their ids. Where the operator takes
     * away what another origin says, that is said, too.
     */
    public Map<String, StatusCodeRevision> merged(Instant at) {
        Map<String, StatusCodeRevision> merged = new LinkedHashMap<>();
        table.rules(at).forEach(rule -> {
            StatusCodeRevision.Builder says = StatusCodeRevision.newBuilder(RuleFile.says(rule));
            StatusCodeRevision revision = table.inForce(Origin.OPERATOR, rule.id(), at);
            if (revision != null) {
                replaceIfSaid(revision.getProvider(), says::setProvider);
                replaceIfSaid(revision.getCondition(), says::setCondition);
                replaceIfSaid(revision.getRecipientGone(), says::setRecipientGone);
                replaceIfSaid(revision.getBounceType(), says::setBounceType);
            }
            merged.put(rule.id(), says.build());
        });
        return merged;
    }

    private static <T> void replaceIfSaid(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    /** Without what a file of rules does not hold: when it was written, by whom, and the wording of codes. */
    private static StatusCodeRevision undated(StatusCodeRevision revision) {
        return StatusCodeRevision.newBuilder(revision)
                .setEffectiveFrom(null)
                .setRecordedAt(null)
                .setRecordedBy(null)
                .setSummary(null)
                .setDescription(null)
                .build();
    }
}
