package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.suppress.Rule.OnDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The counting of rules against another that tries every choice of failures. */
class RulePropertyTest {

    /**
     * A rule comes true with a failure when there is any choice of failures up to it that is as the rule says. Where failures must be
     * apart and are bound to a time as well, the rule counts the first that it can, which is not always the best choice.
     */
    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aRuleComesTrueWhenSomeChoiceOfFailuresIsAsItSays(@ForAll long seed) {
        Random random = new Random(seed);
        int failures = 1 + random.nextInt(4);
        Given.Rules made = Given.rule("any")
                .failures(failures)
                .consecutive(random.nextInt(4) == 0)
                .delivery(OnDelivery.values()[random.nextInt(3)])
                .lasts(random.nextInt(3) == 0 ? Rule.FOR_EVER : Duration.ofMillis(1 + random.nextInt(8)));
        if (random.nextBoolean()) {
            made.apart(Duration.ofMillis(random.nextInt(5)));
        } else {
            int spanning = random.nextInt(8);
            made.spanning(Duration.ofMillis(spanning));
            made.within(random.nextBoolean() ? null : Duration.ofMillis(Math.max(1, spanning) + random.nextInt(8)));
        }
        Rule rule = made.make();
        Timeline timeline = timeline(random, 10, 4);

        assertThat(times(new RuleRun(rule, null).over(timeline))).isEqualTo(times(reference(rule, timeline)));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatARuleCountedIsAlwaysAsItSays(@ForAll long seed) {
        Random random = new Random(seed);
        int failures = 1 + random.nextInt(4);
        int apart = random.nextInt(4);
        int spanning = random.nextInt(8);
        Rule rule = Given.rule("any")
                .failures(failures)
                .apart(Duration.ofMillis(apart))
                .spanning(Duration.ofMillis(spanning))
                .within(Duration.ofMillis(1 + Math.max(spanning, apart * (failures - 1)) + random.nextInt(6)))
                .lasts(Rule.FOR_EVER)
                .delivery(OnDelivery.RESETS)
                .make();
        Timeline timeline = timeline(random, 20, 4);

        assertThat(new RuleRun(rule, null).over(timeline)).allSatisfy(result -> {
            List<Evidence> chain = result.chain();
            assertThat(isAsTheRuleSays(rule, chain)).isTrue();
            assertThat(timeline.deliveries().stream()
                            .filter(Timeline.Standing::settled)
                            .map(Timeline.Standing::acceptance))
                    .noneMatch(delivery -> Item.ORDER.compare(chain.get(0), delivery) < 0
                            && Item.ORDER.compare(delivery, chain.get(chain.size() - 1)) < 0);
        });
    }

    private static Timeline timeline(Random random, int mostFailures, int mostDeliveries) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = random.nextInt(mostFailures + 1); i > 0; i--) {
            evidence.add(Given.failure("b" + i, random.nextInt(20)).make());
        }
        List<Timeline.Standing> deliveries = new ArrayList<>();
        for (int i = random.nextInt(mostDeliveries + 1); i > 0; i--) {
            deliveries.add(new Timeline.Standing(Given.delivery("c" + i, random.nextInt(20)), random.nextInt(3) > 0));
        }
        evidence.sort(Item.ORDER);
        deliveries.sort((a, b) -> Item.ORDER.compare(a.acceptance(), b.acceptance()));
        return new Timeline(evidence, deliveries, null);
    }

    /** Since when and until when, and how often in succession. */
    private static List<List<Long>> times(List<RuleRun.Result> results) {
        return results.stream()
                .map(result -> List.of(result.since(), result.expires(), (long) result.occurrence()))
                .toList();
    }

    /** A rule that always lasts equally long, from its documentation, slowly. */
    private static List<RuleRun.Result> reference(Rule rule, Timeline timeline) {
        List<Item> happened = new ArrayList<>(timeline.evidence());
        timeline.deliveries().forEach(standing -> happened.add(standing.acceptance()));
        happened.sort(Item.ORDER);
        List<RuleRun.Result> results = new ArrayList<>();
        List<Evidence> since = new ArrayList<>();
        Evidence counted = null;
        for (Item item : happened) {
            RuleRun.Result last = results.isEmpty() ? null : results.get(results.size() - 1);
            if (item instanceof Acceptance) {
                boolean settled = timeline.deliveries().contains(new Timeline.Standing((Acceptance) item, true));
                if (rule.consecutive() || settled && rule.delivery() != OnDelivery.IGNORED) {
                    since.clear();
                    counted = null;
                }
                if (settled && rule.delivery() == OnDelivery.LIFTS) {
                    results.clear();
                }
            } else if (last == null || last.expires() != Decision.NEVER) {
                Evidence found = (Evidence) item;
                since.add(found);
                if (comesTrue(rule, since, counted)) {
                    results.add(suppressed(rule, found, last, results));
                    since.clear();
                    counted = found;
                }
            }
        }
        return results;
    }

    private static RuleRun.Result suppressed(
            Rule rule, Evidence found, RuleRun.Result last, List<RuleRun.Result> results) {
        long expires = Times.plus(found.time(), rule.lasts().get(0));
        int occurrence = last == null ? 1 : last.occurrence() + 1;
        if (last == null || last.expires() <= found.time()) {
            return new RuleRun.Result(rule, occurrence, found.time(), expires, List.of());
        }
        results.remove(last);
        return new RuleRun.Result(rule, occurrence, last.since(), expires, List.of());
    }

    /** Whether any choice that ends with the last failure is as the rule says, and apart from what counted before. */
    private static boolean comesTrue(Rule rule, List<Evidence> failures, Evidence counted) {
        for (int choice = 1; choice < 1 << failures.size(); choice++) {
            List<Evidence> chosen = new ArrayList<>();
            for (int i = 0; i < failures.size(); i++) {
                if ((choice & 1 << i) != 0) {
                    chosen.add(failures.get(i));
                }
            }
            boolean toTheLast = chosen.contains(failures.get(failures.size() - 1));
            boolean apart = counted == null
                    || chosen.get(0).time() - counted.time() >= rule.apart().toMillis();
            if (toTheLast && apart && isAsTheRuleSays(rule, chosen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAsTheRuleSays(Rule rule, List<Evidence> chosen) {
        for (int i = 1; i < chosen.size(); i++) {
            if (chosen.get(i).time() - chosen.get(i - 1).time() < rule.apart().toMillis()) {
                return false;
            }
        }
        long took = chosen.get(chosen.size() - 1).time() - chosen.get(0).time();
        return chosen.size() >= rule.failures()
                && took >= rule.spanning().toMillis()
                && (rule.within() == null || took <= rule.within().toMillis());
    }
}
