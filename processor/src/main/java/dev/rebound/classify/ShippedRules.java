package dev.rebound.classify;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The text rules that ship with the product. */
final class ShippedRules {

    private static final TextRules RULES = TextRules.of(ShippedTable.read("rules.tsv").rows().stream()
            .map(ShippedRules::rule)
            .toList());

    private ShippedRules() {}

    /** All shipped rules, compiled. */
    static TextRules rules() {
        return RULES;
    }

    private static TextRule rule(Map<String, String> row) {
        List<Phrase> phrases =
                Stream.of(row.get("phrases").split(" \\| ")).map(Phrase::parse).toList();
        String provider = row.get("provider");
        return new TextRule(
                row.get("id"),
                provider.isEmpty() ? null : provider,
                RuleConditions.parse(row.get("when")),
                phrases,
                Categories.shipped().require(row.get("category")),
                row.get("gone").equals("yes"),
                row.get("explanation"),
                row.get("source"));
    }
}
