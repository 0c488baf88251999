package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.Rule;
import dev.rebound.suppress.RuleWords;
import dev.rebound.suppress.Spans;
import java.util.Locale;

/** Policies in words and in JSON. */
final class PolicyText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyText() {}

    /** Name, revision and size. */
    static String line(Policy policy) {
        int rules = policy.rules().size();
        return policy.name() + ", revision " + policy.revision() + ", " + rules + (rules == 1 ? " rule" : " rules");
    }

    /** Each rule in sentences. @param tenant whose policy it is; null when it is for all that have none of their own */
    static String of(String tenant, Policy policy) {
        StringBuilder text = new StringBuilder(tenant == null ? "" : "tenant " + tenant + ": ").append(line(policy));
        for (Rule rule : policy.rules()) {
            text.append(System.lineSeparator()).append(String.format("%n%s%n  ", rule.id()));
            text.append(RuleWords.of(rule, policy.settles()));
            if (!rule.explanation().isEmpty()) {
                text.append(String.format("%n  ")).append(rule.explanation());
            }
        }
        return text.append(System.lineSeparator()).toString();
    }

    /** The same, and what the sentences say as values. */
    static String json(String tenant, Policy policy) {
        ObjectNode object = JSON.createObjectNode();
        object.put("tenant", tenant);
        object.put("name", policy.name());
        object.put("revision", policy.revision());
        object.put("settles", Spans.text(policy.settles()));
        ArrayNode rules = object.putArray("rules");
        for (Rule rule : policy.rules()) {
            ObjectNode one = rules.addObject();
            one.put("id", rule.id());
            ArrayNode when = one.putArray("when");
            rule.when().forEach(condition -> when.add(RuleWords.of(condition)));
            one.put("failures", rule.failures());
            one.put("apart", Spans.text(rule.apart()));
            one.put("within", rule.within() == null ? null : Spans.text(rule.within()));
            one.put("spanning", Spans.text(rule.spanning()));
            one.put("consecutive", rule.consecutive());
            ArrayNode lasts = one.putArray("lasts");
            rule.lasts().forEach(time -> lasts.add(Spans.text(time)));
            one.put("delivery", rule.delivery().name().toLowerCase(Locale.ROOT));
            one.put("list", rule.level().name().toLowerCase(Locale.ROOT));
            one.put("explanation", rule.explanation());
            one.put("sentence", RuleWords.of(rule, policy.settles()));
        }
        return object.toString();
    }
}
