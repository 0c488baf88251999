package dev.rebound.suppress;

import dev.rebound.json.NearestName;
import dev.rebound.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rule as a policy file has it: complete, or what it changes of an inherited one.
 *
 * @param entry its keys
 * @param id its id
 */
record RuleEntry(Entry entry, YamlNode id) {

    private static final String ID = "id";
    private static final String WHEN = "when";
    private static final String FAILURES = "failures";
    private static final String APART = "apart";
    private static final String WITHIN = "within";
    private static final String SPANNING = "spanning";
    private static final String CONSECUTIVE = "consecutive";
    private static final String LASTS = "lasts";
    private static final String DELIVERY = "delivery";
    private static final String LIST = "list";
    private static final String EXPLANATION = "explanation";
    private static final String OFF = "off";
    private static final String NO_LIMIT = "none";

    /** What a rule without the keys that may be left out says. */
    private static final Duration AT_ONCE = Duration.ZERO;

    static RuleEntry of(YamlNode node) {
        Entry entry = new Entry(
                node,
                node.fields(
                        ID,
                        WHEN,
                        FAILURES,
                        APART,
                        WITHIN,
                        SPANNING,
                        CONSECUTIVE,
                        LASTS,
                        DELIVERY,
                        LIST,
                        EXPLANATION,
                        OFF));
        return new RuleEntry(entry, entry.require(ID, "a rule with the key id"));
    }

    /** Puts the rule among those there are by their ids, in place of the one that it changes, or takes that away. */
    void applyTo(Map<String, Rule> rules) {
        Rule inherited = rules.get(id.text());
        if (entry.value(OFF, YamlNode::truth, false)) {
            if (inherited == null) {
                throw id.invalid("a rule that is inherited, to take it away" + inheritedLike(rules));
            }
            entry.fields().forEach((key, value) -> {
                if (!key.equals(ID) && !key.equals(OFF)) {
                    throw value.invalid("no other key beside off: true");
                }
            });
            rules.remove(id.text());
            return;
        }
        if (inherited == null) {
            for (String key : List.of(WHEN, FAILURES, LASTS)) {
                entry.require(key, "a rule with the key " + key + inheritedLike(rules));
            }
        }
        Rule rule = entry.placed(() -> rule(inherited));
        requireToBeKept(rule);
        rules.put(rule.id(), rule);
    }

    private String inheritedLike(Map<String, Rule> rules) {
        return NearestName.close(id.text(), rules.keySet())
                .map(close -> "; or did you mean the inherited rule " + close + "?")
                .orElse("");
    }

    private Rule rule(Rule inherited) {
        boolean over = inherited != null;
        return new Rule(
                id.text(),
                entry.value(WHEN, RuleEntry::conditions, over ? inherited.when() : List.of()),
                entry.value(FAILURES, RuleEntry::number, over ? inherited.failures() : 0),
                entry.value(APART, node -> limit(node, AT_ONCE), over ? inherited.apart() : AT_ONCE),
                entry.value(WITHIN, node -> limit(node, null), over ? inherited.within() : null),
                entry.value(SPANNING, node -> limit(node, AT_ONCE), over ? inherited.spanning() : AT_ONCE),
                entry.value(CONSECUTIVE, YamlNode::truth, over && inherited.consecutive()),
                entry.value(LASTS, RuleEntry::lasts, over ? inherited.lasts() : List.of()),
                entry.value(DELIVERY, RuleEntry::delivery, over ? inherited.delivery() : Rule.OnDelivery.LIFTS),
                entry.value(LIST, RuleEntry::level, over ? inherited.level() : Rule.Level.TENANT),
                entry.value(EXPLANATION, YamlNode::text, over ? inherited.explanation() : ""));
    }

    /** Each time costs so many failures, and what is not kept cannot be counted. */
    private void requireToBeKept(Rule rule) {
        int most = History.MAX_EVIDENCE / rule.failures();
        if (rule.lasts().size() > most) {
            YamlNode place = entry.has(LASTS) ? entry.field(LASTS) : entry.node();
            throw place.at(new IllegalArgumentException("lasts: " + rule.lasts().size() + " times, of "
                    + rule.failures() + " failures each (expected: at most " + most + "; of an address the latest "
                    + History.MAX_EVIDENCE + " failures are kept, so that a later one would never come)"));
        }
    }

    private static List<Condition> conditions(YamlNode node) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlNode one : node.oneOrMore()) {
            conditions.add(ConditionEntry.read(one));
        }
        return conditions;
    }

    private static int number(YamlNode node) {
        try {
            return Integer.parseInt(node.text());
        } catch (NumberFormatException e) {
            throw node.invalid("a number, 1 to " + History.MAX_EVIDENCE);
        }
    }

    private static Duration limit(YamlNode node, Duration none) {
        return node.text().equals(NO_LIMIT)
                ? none
                : Spans.parse(node.text()).orElseThrow(() -> node.invalid(Spans.EXPECTED + "; or none"));
    }

    private static List<Duration> lasts(YamlNode node) {
        List<Duration> times = new ArrayList<>();
        for (YamlNode time : node.oneOrMore()) {
            times.add(
                    time.text().equals(Spans.FOR_EVER)
                            ? Rule.FOR_EVER
                            : Spans.parse(time.text())
                                    .orElseThrow(() -> time.invalid(Spans.FOR_EVER + ", or " + Spans.EXPECTED)));
        }
        return times;
    }

    private static Rule.OnDelivery delivery(YamlNode node) {
        return switch (node.text()) {
            case "lifts" -> Rule.OnDelivery.LIFTS;
            case "resets" -> Rule.OnDelivery.RESETS;
            case "ignored" -> Rule.OnDelivery.IGNORED;
            default -> throw node.unknown(List.of("lifts", "resets", "ignored"));
        };
    }

    private static Rule.Level level(YamlNode node) {
        return switch (node.text()) {
            case "tenant" -> Rule.Level.TENANT;
            case "stream" -> Rule.Level.STREAM;
            default -> throw node.unknown(List.of("tenant", "stream"));
        };
    }
}
