package dev.rebound.codes;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ProviderRow;
import dev.rebound.json.NearestName;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.Objects;

/** Changes to the operator's rows about providers, checked together with what the other origins say of the same suffix. */
public final class OperatorProviders {

    private final OperatorRows rows;
    private final CodeTable table;
    private final CodeTable beneath;

    /** On top of what the topic holds. */
    public OperatorProviders(CodesTopic.Content content) {
        this.rows = new OperatorRows(content);
        this.table = content.table();
        this.beneath = content.beneath();
    }

    /**
     * What a change says; null says nothing, and leaves it as it is.
     *
     * @param provider whose the hosts are; empty for nobody's
     * @param name what people know the provider by
     * @param reference where that is known from
     */
    public record Change(String provider, String name, String reference) {}

    /**
     * The operator's row of a suffix with a revision added. What the operator said of another provider is not kept.
     *
     * @throws dev.rebound.classify.InvalidRowException when a value cannot be used
     * @throws IllegalArgumentException when nobody says whose the hosts are, or a provider that no row has comes without a name
     */
    public StatusCode set(String suffix, Change change, OperatorRows.Effect effect) {
        String id = ProviderRow.id(suffix);
        StatusCode row = rows.set(id, revision -> apply(suffix, change, effect.start(), revision), effect);
        CodeTable.validate(row);
        StatusCodeRevision says = row.getRevisions().get(row.getRevisions().size() - 1);
        if (says.getProvider() == null && beneath.providerRow(suffix, effect.start()) == null) {
            throw new IllegalArgumentException("suffix " + suffix + " has no provider, and no other origin says one"
                    + " (expected: one, as with --provider NAME)");
        }
        requireName(says);
        return row;
    }

    private void apply(String suffix, Change change, Instant from, StatusCodeRevision.Builder revision) {
        if (change.provider() != null) {
            ProviderRow shown = beneath.providerRow(suffix, from);
            String before = revision.getProvider() != null || shown == null ? revision.getProvider() : shown.provider();
            if (!Objects.equals(before, change.provider())) {
                revision.setSummary(null).setReference(null);
            }
            revision.setProvider(change.provider());
        }
        if (change.name() != null) {
            revision.setSummary(change.name());
        }
        if (change.reference() != null) {
            revision.setReference(change.reference());
        }
    }

    /** A misspelt name would be a new provider, with statistics of its own that nobody looks at. */
    private void requireName(StatusCodeRevision says) {
        String provider = says.getProvider();
        if (provider != null
                && !provider.isEmpty()
                && says.getSummary() == null
                && !table.providers().contains(provider)) {
            throw new IllegalArgumentException("no row has the provider " + provider
                    + NearestName.close(provider, table.providers())
                            .map(close -> " (did you mean " + close + "?)")
                            .orElse("")
                    + "; a new one needs a name to be shown by, as with --name \"Example Mail\"");
        }
    }
}
