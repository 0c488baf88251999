package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.yaml.InvalidYamlException;
import dev.rebound.yaml.YamlNode;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Text rules as people write them: a list in YAML, with the keys {@value #KEYS} in each rule. {@code id}, {@code category} and
 * {@code phrases} must be there.
 */
public final class RuleFile {

    private static final String KEYS = "id, category, gone, provider, when, bounceType, phrases, explanation, source";

    private RuleFile() {}

    /**
     * Reads rules.
     *
     * @param name what complaints call the file
     * @return what each rule says, by its id, in the order of the file
     * @throws InvalidYamlException when the file is not YAML, or a rule in it cannot be used; the message names the place
     */
    public static Map<String, StatusCodeRevision> read(String name, Reader text) {
        Map<String, StatusCodeRevision> rules = new LinkedHashMap<>();
        for (YamlNode rule : YamlNode.read(name, text).items()) {
            Map<String, YamlNode> fields = rule.fields(KEYS.split(", "));
            YamlNode id = required(rule, fields, "id");
            if (!TextRule.isId(id.text())) {
                throw id.invalid(TextRule.ID_EXPECTED);
            }
            StatusCodeRevision revision = revision(rule, fields);
            try {
                CodeTable.validate(new StatusCode(id.text(), Origin.OPERATOR.text(), List.of(revision)));
            } catch (InvalidRowException e) {
                throw rule.at(e);
            }
            if (rules.put(id.text(), revision) != null) {
                throw id.invalid("each rule once");
            }
        }
        return rules;
    }

    private static StatusCodeRevision revision(YamlNode rule, Map<String, YamlNode> fields) {
        return StatusCodeRevision.newBuilder()
                .setCategory(required(rule, fields, "category").text())
                .setRecipientGone(
                        fields.containsKey("gone") ? fields.get("gone").truth() : null)
                .setProvider(textOrNull(fields.get("provider")))
                .setCondition(textOrNull(fields.get("when")))
                .setBounceType(bounceType(fields.get("bounceType")))
                .setPhrases(required(rule, fields, "phrases").items().stream()
                        .map(YamlNode::text)
                        .toList())
                .setExplanation(textOrNull(fields.get("explanation")))
                .setReference(textOrNull(fields.get("source")))
                .build();
    }

    private static YamlNode required(YamlNode rule, Map<String, YamlNode> fields, String key) {
        YamlNode field = fields.get(key);
        if (field == null) {
            throw rule.invalid("a rule with the key " + key);
        }
        return field;
    }

    private static BounceType bounceType(YamlNode type) {
        if (type == null) {
            return null;
        }
        return switch (type.text()) {
            case "HARD" -> BounceType.HARD;
            case "SOFT" -> BounceType.SOFT;
            default -> throw type.invalid("HARD or SOFT");
        };
    }

    private static String textOrNull(YamlNode node) {
        return node == null ? null : node.text();
    }

    /** Rules in the form that {@link #read} takes, in the order given. */
    public static String write(Collection<TextRule> rules) {
        List<Map<String, Object>> list = new ArrayList<>();
        rules.forEach(rule -> list.add(fields(rule)));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setWidth(Integer.MAX_VALUE);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(options).dump(list);
    }

    private static Map<String, Object> fields(TextRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("category", rule.category().name());
        if (rule.gone()) {
            fields.put("gone", true);
        }
        putIfThere(fields, "provider", rule.provider());
        putIfThere(fields, "when", rule.when().text());
        putIfThere(
                fields,
                "bounceType",
                rule.bounceType() == null ? null : rule.bounceType().name());
        fields.put("phrases", rule.phrases().stream().map(Phrase::written).toList());
        putIfThere(fields, "explanation", rule.explanation());
        putIfThere(fields, "source", rule.reference());
        return fields;
    }

    private static void putIfThere(Map<String, Object> fields, String key, String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(key, value);
        }
    }
}
