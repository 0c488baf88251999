package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.yaml.InvalidYamlException;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFileTest {

    private static final String FULL = """
            - id: partner-shield
              category: MAILBOX_DISABLED
              gone: true
              provider: google
              when: class=5 command!=DATA
              bounceType: SOFT
              phrases:
                - partner shield _ (blocked|refused)
                - '[ps-1]'
              explanation: Their gateway lists the sending address.
              source: their support, ticket 4711
            """;

    private static Map<String, StatusCodeRevision> read(String text) {
        return RuleFile.read("rules.yaml", new StringReader(text));
    }

    private static Map<String, StatusCodeRevision> readOverShipped(String text) {
        return RuleFile.read("rules.yaml", new StringReader(text), ShippedCodes.table());
    }

    @Test
    void eachKeyIsAField() {
        assertThat(read(FULL))
                .containsExactly(Map.entry(
                        "partner-shield",
                        StatusCodeRevision.newBuilder()
                                .setCategory("MAILBOX_DISABLED")
                                .setRecipientGone(true)
                                .setProvider("google")
                                .setCondition("class=5 command!=DATA")
                                .setBounceType(BounceType.SOFT)
                                .setPhrases(List.of("partner shield _ (blocked|refused)", "[ps-1]"))
                                .setExplanation("Their gateway lists the sending address.")
                                .setReference("their support, ticket 4711")
                                .build()));
        assertThat(RuleFile.write(read(FULL))).isEqualTo(FULL.indent(2));
    }

    @Test
    void whatIsWrittenOfTheShippedRulesIsReadAsTheyAre() {
        Map<String, StatusCodeRevision> shipped = new LinkedHashMap<>();
        ShippedCodes.rows().stream()
                .filter(row -> TextRule.isId(row.getId()))
                .forEach(row -> shipped.put(row.getId(), row.getRevisions().get(0)));

        assertThat(shipped).hasSizeGreaterThan(300);
        assertThat(read(RuleFile.write(ShippedCodes.table().rules(Instant.EPOCH))))
                .isEqualTo(shipped);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAsItWas(@ForAll("rules") Map<String, StatusCodeRevision> rules) {
        assertThat(read(RuleFile.write(rules))).isEqualTo(rules);
    }

    @Provide
    private Arbitrary<Map<String, StatusCodeRevision>> rules() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\n\t\"'#:-é存…\u0007\u2028\ufeff")
                .map(String::strip)
                .injectNull(0.2);
        Arbitrary<StatusCodeRevision> revision = Combinators.combine(
                        Arbitraries.of("BAD_MAILBOX", "MAILBOX_DISABLED"),
                        Arbitraries.of(false).injectNull(0.5),
                        Arbitraries.of("google", "").injectNull(0.5),
                        Arbitraries.of("class=5 weak", "").injectNull(0.5),
                        Arbitraries.of(BounceType.values()).injectNull(0.5),
                        Arbitraries.of("user unknown", "- # : no", "'quoted'", "yes", "0x10", "{address} |", "存在しません")
                                .list()
                                .ofMaxSize(4),
                        text,
                        text)
                .as((category, gone, provider, when, type, phrases, explanation, source) ->
                        StatusCodeRevision.newBuilder()
                                .setCategory(category)
                                .setRecipientGone(gone)
                                .setProvider(provider)
                                .setCondition(when)
                                .setBounceType(type)
                                .setPhrases(phrases)
                                .setExplanation(explanation)
                                .setReference(source)
                                .build());
        return Arbitraries.maps(Arbitraries.of("yes", "null", "a-1", "user-unknown"), revision);
    }

    @Test
    void aRuleOverAnotherSaysOnlyWhatItChanges() {
        assertThat(readOverShipped("- id: user-unknown\n  when: class=5\n"))
                .containsExactly(Map.entry(
                        "user-unknown",
                        StatusCodeRevision.newBuilder().setCondition("class=5").build()));
        assertThatThrownBy(() ->
                        readOverShipped("- id: user-unknown\n  when: class=5\n- id: brand-new\n  when: class=5\n"))
                .hasMessage("rules.yaml:3: a map (expected: a rule with the key category)");
        TextRule blocked = ShippedCodes.table().rules(Instant.EPOCH).stream()
                .filter(rule -> rule.category().name().equals("BLOCKED"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> readOverShipped("# over it\n- id: " + blocked.id() + "\n  gone: true\n"))
                .hasMessageStartingWith("rules.yaml:2: status-codes recipientGone: true for BLOCKED (expected: ");
    }

    @Test
    void emptyListsOfTwoRulesAreBothWrittenOut() {
        assertThat(RuleFile.write(read(
                        "- {id: a, category: BLOCKED, phrases: []}\n" + "- {id: b, category: BLOCKED, phrases: []}\n")))
                .doesNotContain("&", "*");
    }

    static List<List<String>> mistakes() {
        String rest = "  category: BLOCKED\n  phrases: [partner shield]\n";
        return List.of(
                List.of("- id: a\n  colour: red\n" + rest, ":2: colour (expected: one of the keys id, category,"),
                List.of("- id: a\n" + rest + "  gone: perhaps\n", ":4: gone: perhaps (expected: true or false)"),
                List.of(
                        "- id: a\n  category: [BLOCKED]\n  phrases: [abc]\n",
                        ":2: category: a list (expected: a single value)"),
                List.of("- id: a\n  category: BLOCKED\n  phrases: one\n", ":3: phrases: one (expected: a list)"),
                List.of(
                        "- id: a\n" + rest + "- id: b\n  category: BLOCKED\n",
                        ":4: a map (expected: a rule with the key phrases)"),
                List.of("- category: BLOCKED\n", ":1: a map (expected: a rule with the key id)"),
                List.of("- id: A_B\n" + rest, ":1: id: A_B (expected: lower case letters"),
                List.of("- id: 5.1.1\n" + rest, ":1: id: 5.1.1 (expected: lower case letters"),
                List.of("- id: a\n" + rest + "  when: class=6\n", ":1: status-codes when: class=6 (expected: class=5"),
                List.of(
                        "- id: a\n" + rest + "  provider: Google Mail\n",
                        ":1: status-codes provider: Google Mail (expected: empty"),
                List.of("- id: a\n" + rest + "  bounceType: FIRM\n", ":4: bounceType: FIRM (expected: HARD or SOFT"),
                List.of(
                        "- id: a\n" + rest + "  gone: true\n",
                        ":1: status-codes recipientGone: true for BLOCKED (expected:"),
                List.of(
                        "- id: a\n  category: BLOCKT\n  phrases: [abc]\n",
                        ":1: status-codes category: BLOCKT (expected: one of"),
                List.of(
                        "- id: a\n  category: BLOCKED\n  phrases: [ab]\n",
                        ":1: status-codes phrase: ab (expected: 3 to 200"),
                List.of("- id: a\n" + rest + "- id: a\n" + rest, ":4: id: a (expected: each rule once)"),
                List.of("id: a\n", ":1: a map (expected: a list)"),
                List.of("- id: a\n" + rest + "   when: class=5\n", ":4: this is not YAML"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlace(List<String> mistake) {
        assertThatThrownBy(() -> read(mistake.get(0)))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageStartingWith("rules.yaml" + mistake.get(1));
    }
}
