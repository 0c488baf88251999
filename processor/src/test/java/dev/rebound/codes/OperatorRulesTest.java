package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.classify.Origin;
import dev.rebound.classify.Phrase;
import dev.rebound.classify.RuleFile;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.classify.TextRule;
import dev.rebound.codes.OperatorRows.Effect;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OperatorRulesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Effect AT_NOON = new Effect(NOON, NOON, "ann");
    private static final Effect AT_ONE = new Effect(LATER, LATER, "bob");
    private static final Effect ALWAYS = new Effect(null, LATER, "bob");

    private static final Consumer<StatusCodeRevision.Builder> SHIELD = revision -> revision.setCategory("BLOCKED")
            .setPhrases(List.of("partner shield"))
            .setExplanation("Listed.");

    private final Map<String, StatusCode> content = new LinkedHashMap<>();

    OperatorRulesTest() {
        ShippedCodes.rows().forEach(this::put);
    }

    private void put(StatusCode row) {
        content.put(CodeRecord.key(row), row);
    }

    private OperatorRules rules() {
        return new OperatorRules(new CodesTopic.Content(content, Map.of()));
    }

    private CodeTable table() {
        return CodeTable.of(content.values());
    }

    private List<String> phrases(String id, Instant at) {
        return table().rule(id, at).phrases().stream().map(Phrase::written).toList();
    }

    private List<StatusCode> importing(String yaml, Effect effect) {
        OperatorRules rules = rules();
        return rules.replacing(RuleFile.read("f", new StringReader(yaml), rules.beneath()), effect);
    }

    @Test
    void aNewRuleNeedsCategoryAndPhrases() {
        put(rules().set("shield", SHIELD, AT_NOON));
        assertThat(phrases("shield", NOON)).containsExactly("partner shield");

        assertThatThrownBy(() -> rules().set("other", revision -> revision.setCategory("BLOCKED"), AT_NOON))
                .hasMessage(
                        "rule other has no phrases, and no other origin says them (expected: both, as with --category"
                                + " NAME --phrase TEXT)");
        assertThatThrownBy(() -> rules().set("other", revision -> revision.setCondition("class=5"), AT_NOON))
                .hasMessageStartingWith("rule other has no category and no phrases,");
    }

    /** A name that no row has is most likely misspelt; what an operator's row has, or had, is one that rules can be for. */
    @Test
    void aRuleIsForAProviderOfTheTable() {
        Consumer<StatusCodeRevision.Builder> change = SHIELD.andThen(revision -> revision.setProvider("acme"));
        String yaml = "- {id: shield, category: BLOCKED, provider: acme, phrases: [partner shield]}";

        assertThatThrownBy(() -> rules().set("shield", change, AT_NOON))
                .hasMessageStartingWith("rule shield: provider: acme (expected: one of a1, abv, alibaba, ")
                .hasMessageEndingWith("; rebound providers set adds one)");
        assertThatThrownBy(() -> importing(yaml, AT_NOON)).hasMessageStartingWith("rule shield: provider: acme");

        put(new OperatorProviders(new CodesTopic.Content(content, Map.of()))
                .set("a.example", new OperatorProviders.Change("acme", "Acme", null), AT_NOON));
        put(rules().set("shield", change, AT_NOON));
        put(new OperatorRows(new CodesTopic.Content(content, Map.of())).withdraw("mx:a.example", AT_ONE));
        assertThat(importing(yaml, AT_ONE)).hasSize(1);
        put(rules().set("shield", revision -> revision.setProvider(""), AT_ONE));
        assertThat(table().rule("shield", LATER).provider()).isNull();
    }

    @Test
    void whatAShippedRuleSaysNeedNotBeSaidAgain() {
        put(rules().set("user-unknown", revision -> revision.setCondition("class=5"), AT_NOON));

        TextRule merged = table().rule("user-unknown", NOON);
        assertThat(merged.when().text()).isEqualTo("class=5");
        assertThat(merged.phrases())
                .isEqualTo(ShippedCodes.table().rule("user-unknown", NOON).phrases());
        assertThat(merged.origins()).isEqualTo("operator+rebound");

        put(rules().set("user-unknown", revision -> revision.setPhrases(List.of()), AT_ONE));
        assertThat(phrases("user-unknown", LATER)).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        TextRule blocked = table().rules(NOON).stream()
                .filter(rule -> rule.category().name().equals("BLOCKED"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> rules().set(blocked.id(), revision -> revision.setRecipientGone(true), AT_NOON))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageContaining("recipientGone: true for BLOCKED");
        assertThatThrownBy(() -> rules().set("shield", SHIELD.andThen(r -> r.setPhrases(List.of("ab"))), AT_NOON))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageContaining("phrase: ab (expected: 3 to 200 characters");
    }

    @Test
    void phrasesAreAddedToThoseThatShowThrough() {
        OperatorRules rules = rules();
        put(rules.set(
                "user-unknown",
                revision -> rules.addPhrases("user-unknown", List.of("niemand da", "user unknown"), AT_NOON, revision),
                AT_NOON));
        List<String> expected = new ArrayList<>(
                RuleFile.says(ShippedCodes.table().rule("user-unknown", NOON)).getPhrases());
        expected.add("niemand da");
        assertThat(phrases("user-unknown", NOON)).isEqualTo(expected);

        OperatorRules again = rules();
        put(again.set("shield", SHIELD, AT_NOON));
        OperatorRules third = rules();
        put(third.set("shield", r -> third.addPhrases("shield", List.of("[ps-1]"), AT_ONE, r), AT_ONE));
        assertThat(phrases("shield", LATER)).containsExactly("partner shield", "[ps-1]");
    }

    @Test
    void whatIsExportedIsNotImportedAgain() {
        put(rules().set("shield", SHIELD, AT_NOON));
        put(rules().set("user-unknown", r -> r.setCondition("").setProvider("").setPhrases(List.of()), AT_NOON));
        String exported = RuleFile.write(rules().said(LATER));

        assertThat(exported).contains("- id: shield", "- id: user-unknown", "phrases: []", "provider: ''", "when: ''");
        assertThat(importing(exported, AT_ONE)).isEmpty();
        assertThat(importing(exported, ALWAYS)).as("says so since noon only").hasSize(2);
        importing(exported, ALWAYS).forEach(this::put);
        assertThat(importing(exported, ALWAYS)).isEmpty();
    }

    @Test
    void whatIsImportedIsAllThatTheOperatorSays() {
        put(rules().set("user-unknown", r -> r.setCondition("class=5").setCategory("BLOCKED"), AT_NOON));

        List<StatusCode> rows = importing("- {id: user-unknown, when: class=4}\n", AT_ONE);

        assertThat(rows).hasSize(1);
        rows.forEach(this::put);
        assertThat(table().rule("user-unknown", LATER).category().name()).isEqualTo("BAD_MAILBOX");
        assertThat(table().rule("user-unknown", NOON).category().name()).isEqualTo("BLOCKED");
        assertThat(rows.get(0).getRevisions()).hasSize(2);
    }

    @Test
    void anImportThatALaterRevisionWouldHideIsWritten() {
        put(rules().set("shield", SHIELD, AT_NOON));
        put(rules().set("shield", r -> r.setCondition("class=4"), AT_ONE));

        assertThat(importing(
                        "- {id: shield, category: BLOCKED, phrases: [partner shield], explanation: Listed.}\n",
                        AT_NOON))
                .hasSize(1);
    }

    @Test
    void allRulesInForceMakeTheSameTableElsewhere() {
        put(rules().set("shield", SHIELD, AT_NOON));
        String conditional = table().rules(NOON).stream()
                .filter(rule -> !rule.when().text().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
        put(rules().set(conditional, r -> r.setCondition(""), AT_NOON));
        List<TextRule> before = table().rules(LATER);
        String exported = RuleFile.write(rules().merged(LATER));

        content.keySet().removeIf(key -> key.startsWith(Origin.OPERATOR.text() + '/'));
        importing(exported, ALWAYS).forEach(this::put);

        assertThat(table().rules(LATER))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("origins")
                .isEqualTo(before);
    }
}
