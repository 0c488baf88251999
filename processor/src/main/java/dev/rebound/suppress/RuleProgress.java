package dev.rebound.suppress;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a rule has come with an address.
 *
 * @param rule the rule
 * @param counted how much of the evidence counts towards its next suppression
 * @param occurrence how often in succession it has suppressed the address; 0 for never
 * @param suppresses whether it does now
 */
public record RuleProgress(Rule rule, int counted, int occurrence, boolean suppresses) {

    /**
     * All rules that can put an address on a list, in the order of the policy.
     *
     * @param key address and list
     * @param history what is known of it
     * @param policy the policy of its tenant
     * @param now the moment, in milliseconds since 1970
     */
    public static List<RuleProgress> of(SuppressionKey key, History history, Policy policy, long now) {
        Timeline timeline = Timeline.of(history, policy.settles(), now);
        List<RuleProgress> all = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            if (rule.canPutOn(key.list())) {
                RuleRun run = new RuleRun(rule, key.list().stream());
                List<RuleRun.Result> results = run.over(timeline);
                boolean never = results.isEmpty();
                RuleRun.Result last = never ? null : results.get(results.size() - 1);
                all.add(new RuleProgress(
                        rule, run.counted(now), never ? 0 : last.occurrence(), !never && last.expires() > now));
            }
        }
        return all;
    }
}
