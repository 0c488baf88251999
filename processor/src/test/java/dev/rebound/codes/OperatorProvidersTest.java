package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.codes.OperatorProviders.Change;
import dev.rebound.codes.OperatorRows.Effect;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorProvidersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Effect FIRST = new Effect(NOON, NOON, "ann");
    private static final Effect SECOND = new Effect(NOON.plusSeconds(60), NOON.plusSeconds(60), "bob");

    private final Map<String, StatusCode> content = new LinkedHashMap<>();

    OperatorProvidersTest() {
        ShippedCodes.rows().forEach(this::put);
    }

    private void put(StatusCode row) {
        content.put(CodeRecord.key(row), row);
    }

    private CodesTopic.Content content() {
        return new CodesTopic.Content(content, Map.of());
    }

    private StatusCode set(String suffix, String provider, String name, String source, Effect effect) {
        StatusCode row = new OperatorProviders(content()).set(suffix, new Change(provider, name, source), effect);
        put(row);
        return row;
    }

    private static StatusCodeRevision last(StatusCode row) {
        return row.getRevisions().get(row.getRevisions().size() - 1);
    }

    private String provider(String host, Instant at) {
        return CodeTable.of(content.values()).providerOf(host, at).provider();
    }

    @Test
    void aNewSuffixIsSet() {
        StatusCode row = set("a.example", "acme", "Acme Mail", "ticket 4711", FIRST);

        assertThat(row)
                .isEqualTo(new StatusCode(
                        "mx:a.example",
                        "operator",
                        List.of(StatusCodeRevision.newBuilder()
                                .setProvider("acme")
                                .setSummary("Acme Mail")
                                .setReference("ticket 4711")
                                .setEffectiveFrom(NOON)
                                .setRecordedAt(NOON)
                                .setRecordedBy("ann")
                                .build())));
        assertThat(set("a.example", null, "Acme", null, SECOND).getRevisions()).hasSize(2);
        assertThat(last(content.get("operator/mx:a.example"))).satisfies(revision -> {
            assertThat(revision.getProvider()).isEqualTo("acme");
            assertThat(revision.getSummary()).isEqualTo("Acme");
            assertThat(revision.getReference()).isEqualTo("ticket 4711");
        });
    }

    @Test
    void aProviderThatNoRowHasNeedsAName() {
        assertThatThrownBy(() -> set("a.example", "gogle", null, null, FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no row has the provider gogle (did you mean google?); a new one needs a name to be shown by,"
                                + " as with --name \"Example Mail\"");

        set("a.example", "google", null, null, FIRST);
        set("b.example", "acme", "Acme Mail", null, FIRST);
        set("c.example", "acme", null, null, FIRST);
        assertThat(provider("mx.c.example", NOON)).isEqualTo("acme");
        set("d.example", "", null, null, FIRST);
        assertThat(provider("mx.d.example", NOON)).isNull();
    }

    @Test
    void somebodyHasToSayWhoseTheHostsAre() {
        assertThatThrownBy(() -> set("a.example", null, "A", null, FIRST))
                .hasMessage("suffix a.example has no provider, and no other origin says one (expected: one, as with"
                        + " --provider NAME)");

        set("google.com", null, "Google", null, FIRST);
        assertThat(provider("mx.google.com", NOON)).isEqualTo("google");
    }

    /** Kept, the name would be shown for all suffixes of the other provider. */
    @Test
    void whatWasSaidOfAnotherProviderIsNotKept() {
        set("a.example", "acme", "Acme Mail", "ticket 4711", FIRST);
        assertThat(last(set("a.example", "google", null, null, SECOND))).satisfies(revision -> {
            assertThat(revision.getSummary()).isNull();
            assertThat(revision.getReference()).isNull();
        });

        set("googlemail.com", null, "Google", "ticket 1", FIRST);
        assertThat(last(set("googlemail.com", "google", null, null, SECOND)).getSummary())
                .isEqualTo("Google");
        assertThat(last(set("googlemail.com", "yahoo", null, "ticket 2", SECOND)))
                .satisfies(revision -> {
                    assertThat(revision.getSummary()).isNull();
                    assertThat(revision.getReference()).isEqualTo("ticket 2");
                });
        assertThat(last(set("googlemail.com", "", null, null, SECOND)).getReference())
                .isNull();
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        assertThatThrownBy(() -> set("com", "google", null, null, FIRST)).isInstanceOf(InvalidRowException.class);
        assertThatThrownBy(() -> set("a.example", "unknown", "U", null, FIRST))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageContaining("not unknown, which statistics call what is not recognised");
        assertThatThrownBy(() -> set("a.example", "acme", " ", null, FIRST)).isInstanceOf(InvalidRowException.class);
    }

    @Test
    void removingARowRestoresWhatShips() {
        set("google.com", "acme", "Acme Mail", null, FIRST);
        put(new OperatorRows(content()).withdraw("mx:google.com", SECOND));

        assertThat(provider("mx.google.com", NOON.minusMillis(1))).isEqualTo("google");
        assertThat(provider("mx.google.com", NOON)).isEqualTo("acme");
        assertThat(provider("mx.google.com", SECOND.from())).isEqualTo("google");
        assertThatThrownBy(() -> new OperatorRows(content()).withdraw("mx:google.com", SECOND))
                .hasMessage(
                        "the operator has no row of mx:google.com; hosts are made nobody's by: rebound providers set"
                                + " google.com --no-provider");
    }

    @Test
    void anImportThatDropsHistorySaysWhichCommandToUse() {
        StatusCode first = set("a.example", "acme", "Acme Mail", null, FIRST);
        set("a.example", "google", null, null, SECOND);

        assertThatThrownBy(() -> new OperatorRows(content()).refuseLossOfHistory(List.of(first)))
                .hasMessageContaining("the row of mx:a.example lacks revisions")
                .hasMessageEndingWith("or use rebound providers set");
    }
}
