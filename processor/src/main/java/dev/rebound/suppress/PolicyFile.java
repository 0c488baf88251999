package dev.rebound.suppress;

import dev.rebound.event.Tenants;
import dev.rebound.yaml.InvalidYamlException;
import dev.rebound.yaml.YamlNode;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Policies as people write them, in YAML: a policy, and what is different for tenants. {@code topology-docs/policy.md} has the
 * keys.
 */
public final class PolicyFile {

    static final String NAME = "name";
    static final String EXTENDS = "extends";
    static final String SETTLES = "settles";
    static final String RULES = "rules";
    static final String TENANTS = "tenants";
    static final String DESCRIPTION = "description";
    static final String SOURCE = "source";
    static final String DIFFERS = "differs";

    private static final Duration USUAL_SETTLES = Duration.ofHours(24);
    private static final int LONGEST_NAME = 128;

    private PolicyFile() {}

    /**
     * Reads policies.
     *
     * @param source what complaints call the text, such as the name of its file
     * @throws InvalidYamlException when it is not YAML, or a value in it cannot be used; the message names place, key, value and what
     *     was expected
     */
    public static Policies read(String source, Reader text) {
        return policies(fields(YamlNode.read(source, text)));
    }

    /** Reads a file that ships: a policy for all tenants, with what is told of it. */
    static Preset preset(String source, String text) {
        Entry root = fields(YamlNode.read(source, new StringReader(text)));
        return new Preset(
                policies(root).standard(),
                root.field(DESCRIPTION).text(),
                texts(root.field(SOURCE)),
                root.value(DIFFERS, PolicyFile::texts, List.of()),
                text);
    }

    private static List<String> texts(YamlNode node) {
        return node.oneOrMore().stream().map(YamlNode::text).toList();
    }

    private static Entry fields(YamlNode root) {
        Entry entry =
                new Entry(root, root.fields(NAME, EXTENDS, DESCRIPTION, SOURCE, DIFFERS, SETTLES, RULES, TENANTS));
        for (String key : List.of(DESCRIPTION, SOURCE, DIFFERS)) {
            if (entry.has(key)) {
                texts(entry.field(key));
            }
        }
        return entry;
    }

    private static Policies policies(Entry root) {
        Policy base = root.has(EXTENDS) ? extended(root.field(EXTENDS)) : null;
        if (base == null) {
            root.require(RULES, "a policy with the key rules, or with extends");
            root.require(NAME, "a policy with the key name, or with extends");
        }
        Policy standard = policy(root, base, base == null ? null : base.name());
        Map<String, Policy> tenants = new LinkedHashMap<>();
        if (root.has(TENANTS)) {
            root.field(TENANTS)
                    .entries(Tenants::isValid, "name of a tenant, " + Tenants.EXPECTED)
                    .forEach((tenant, node) -> tenants.put(tenant, tenant(tenant, node, standard)));
        }
        return new Policies(standard, tenants);
    }

    private static Policy tenant(String tenant, YamlNode node, Policy standard) {
        Entry entry = new Entry(node, node.fields(NAME, EXTENDS, SETTLES, RULES));
        Policy base = entry.has(EXTENDS) ? extended(entry.field(EXTENDS)) : standard;
        return policy(entry, base, base.name() + "/" + tenant);
    }

    private static Policy extended(YamlNode name) {
        return Presets.find(name.text()).map(Preset::policy).orElseThrow(() -> name.unknown(Presets.names()));
    }

    /**
     * A policy.
     *
     * @param base what it extends; null for none
     * @param byDefault its name where it says none
     */
    private static Policy policy(Entry entry, Policy base, String byDefault) {
        Duration settles = base == null ? USUAL_SETTLES : base.settles();
        return entry.placed(() -> Policy.of(
                entry.has(NAME) ? name(entry.field(NAME)) : byDefault,
                entry.has(SETTLES) ? span(entry.field(SETTLES)) : settles,
                rules(entry, base == null ? List.of() : base.rules())));
    }

    private static String name(YamlNode name) {
        String text = name.text();
        if (text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw name.invalid("1 to " + LONGEST_NAME + " characters");
        }
        return text;
    }

    static Duration span(YamlNode node) {
        return Spans.parse(node.text()).orElseThrow(() -> node.invalid(Spans.EXPECTED));
    }

    /** Rules of the file over those that are inherited, which keep their places; new ones behind them. */
    private static List<Rule> rules(Entry policy, List<Rule> inherited) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        inherited.forEach(rule -> rules.put(rule.id(), rule));
        if (!policy.has(RULES)) {
            return inherited;
        }
        Set<String> seen = new HashSet<>();
        for (YamlNode node : policy.field(RULES).items()) {
            RuleEntry entry = RuleEntry.of(node);
            if (!seen.add(entry.id().text())) {
                throw entry.id().invalid("each rule once");
            }
            entry.applyTo(rules);
        }
        return List.copyOf(rules.values());
    }
}
