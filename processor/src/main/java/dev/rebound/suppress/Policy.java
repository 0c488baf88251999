package dev.rebound.suppress;

import dev.rebound.event.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from evidence: rules that each stand for themselves. Where several suppress, the one that does so longest is told.
 *
 * @param name name of the policy, such as {@code default}
 * @param revision fingerprint of all that counts in the policy: the same for the same content, another for another
 * @param settles how long after a delivery an asynchronous bounce can contradict it; until then it resets and lifts nothing
 * @param rules in the order in which they are told
 */
public record Policy(String name, String revision, Duration settles, List<Rule> rules) {

    private static final int REVISION_DIGITS = 12;

    /**
     * A policy.
     *
     * @throws IllegalArgumentException when two rules have one id, or settling takes a negative or endless time
     */
    public Policy {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("id: " + rule.id() + " (expected: each id once)");
            }
        }
        if (settles.isNegative() || settles.compareTo(Rule.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "settles: " + Spans.text(settles) + " (expected: 0h to " + Spans.text(Rule.LONGEST) + ")");
        }
    }

    /** A policy with its fingerprint. See {@link #Policy}. */
    public static Policy of(String name, Duration settles, List<Rule> rules) {
        return new Policy(
                name,
                fingerprint(
                        name + settles + rules.stream().map(Rule::unexplained).toList()),
                settles,
                rules);
    }

    /** A short text that stands for a content. */
    static String fingerprint(String content) {
        return Digests.hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, REVISION_DIGITS);
    }

    /** Whether rules put addresses on the list of a single stream. */
    public boolean hasStreamRules() {
        return rules.stream().anyMatch(rule -> rule.level() == Rule.Level.STREAM);
    }

    /** Whether a delivery can change what is on the list of a single stream. */
    public boolean streamsHearOfDeliveries() {
        for (Rule rule : rules) {
            if (rule.level() == Rule.Level.STREAM && rule.mindsDeliveries()) {
                return true;
            }
        }
        return false;
    }
}
