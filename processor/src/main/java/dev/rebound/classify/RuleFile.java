package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.yaml.InvalidYamlException;
import dev.rebound.yaml.YamlNode;
import java.io.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Text rules as people write them: a list in YAML, with the keys {@value #KEYS} in each rule. {@code id}, {@code category} and
 * {@code phrases} must be there; a rule that lies over another one needs its {@code id} and what it changes.
 */
public final class RuleFile {

    private static final String KEYS = "id, category, gone, provider, when, bounceType, phrases, explanation, source";

    private RuleFile() {}

    /**
     * Reads rules, each complete in itself.
     *
     * @param name what complaints call the file
     * @return what each rule says, by its id, in the order of the file
     * @throws InvalidYamlException when the file is not YAML, or a rule in it cannot be used; the message names the place
     */
    public static Map<String, StatusCodeRevision> read(String name, Reader text) {
        return read(name, text, CodeTable.empty());
    }

    /**
     * Reads rules that lie over others: what a rule does not say may be said by the one of the same id beneath it.
     *
     * @param name what complaints call the file
     * @param beneath what has been in force since the beginning of time without the file
     * @return what each rule says, by its id, in the order of the file
     * @throws InvalidYamlException when the file is not YAML, or a rule in it cannot be used; the message names the place
     */
    public static Map<String, StatusCodeRevision> read(String name, Reader text, CodeTable beneath) {
        Map<String, StatusCodeRevision> rules = new LinkedHashMap<>();
        for (YamlNode rule : YamlNode.read(name, text).items()) {
            Map<String, YamlNode> fields = rule.fields(KEYS.split(", "));
            YamlNode id = required(rule, fields, "id");
            if (!TextRule.isId(id.text())) {
                throw id.invalid(TextRule.ID_EXPECTED);
            }
            beneath.lacking(id.text(), Instant.MIN).forEach(key -> required(rule, fields, key));
            StatusCodeRevision revision = revision(fields);
            try {
                TextRule.validateOver(beneath.rule(id.text(), Instant.MIN), id.text(), revision);
            } catch (InvalidRowException e) {
                throw rule.at(e);
            }
            if (rules.put(id.text(), revision) != null) {
                throw id.invalid("each rule once");
            }
        }
        return rules;
    }

    private static StatusCodeRevision revision(Map<String, YamlNode> fields) {
        YamlNode gone = fields.get("gone");
        YamlNode phrases = fields.get("phrases");
        return StatusCodeRevision.newBuilder()
                .setCategory(textOrNull(fields.get("category")))
                .setRecipientGone(gone == null ? null : gone.truth())
                .setProvider(textOrNull(fields.get("provider")))
                .setCondition(textOrNull(fields.get("when")))
                .setBounceType(bounceType(fields.get("bounceType")))
                .setPhrases(
                        phrases == null
                                ? null
                                : phrases.items().stream().map(YamlNode::text).toList())
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
            case "NONE" -> BounceType.NONE;
            default -> throw type.invalid("HARD or SOFT; or NONE, which leaves it to codes");
        };
    }

    private static String textOrNull(YamlNode node) {
        return node == null ? null : node.text();
    }

    /** Rules in the form that {@link #read(String, Reader)} takes, in the order given. */
    public static String write(Collection<TextRule> rules) {
        Map<String, StatusCodeRevision> says = new LinkedHashMap<>();
        rules.forEach(rule -> says.put(rule.id(), says(rule)));
        return write(says);
    }

    /** What one origin says of rules, by their ids, in the form that {@link #read(String, Reader, CodeTable)} takes. */
    public static String write(Map<String, StatusCodeRevision> rules) {
        List<Map<String, Object>> list = new ArrayList<>();
        rules.forEach((id, says) -> list.add(fields(id, says)));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        options.setWidth(Integer.MAX_VALUE);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(options).dump(list);
    }

    /** What one origin would have to say, alone, for this rule. */
    public static StatusCodeRevision says(TextRule rule) {
        return StatusCodeRevision.newBuilder()
                .setCategory(rule.category().name())
                .setRecipientGone(rule.gone() ? Boolean.TRUE : null)
                .setProvider(rule.provider())
                .setCondition(rule.when().text().isEmpty() ? null : rule.when().text())
                .setBounceType(rule.bounceType())
                .setPhrases(rule.phrases().stream().map(Phrase::written).toList())
                .setExplanation(rule.explanation())
                .setReference(rule.reference())
                .build();
    }

    private static Map<String, Object> fields(String id, StatusCodeRevision says) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("category", says.getCategory());
        fields.put("gone", says.getRecipientGone());
        fields.put("provider", says.getProvider());
        fields.put("when", says.getCondition());
        fields.put(
                "bounceType",
                says.getBounceType() == null ? null : says.getBounceType().name());
        // A copy, because a list that two rules share would be written once and referred to.
        fields.put("phrases", says.getPhrases() == null ? null : new ArrayList<>(says.getPhrases()));
        fields.put("explanation", says.getExplanation());
        fields.put("source", says.getReference());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
