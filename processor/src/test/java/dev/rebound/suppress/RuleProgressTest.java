package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How far rules have come is told as of a moment, by the same counting that suppresses. */
class RuleProgressTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final SuppressionKey TENANT = SuppressionKey.parse("default|kim@example.org");
    private static final SuppressionKey STREAM = SuppressionKey.parse("default/news|kim@example.org");

    private static Rule rule(Rule.Level level) {
        Condition any = new Condition(
                new TreeSet<>(),
                null,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                null,
                null);
        return new Rule(
                "three",
                List.of(any),
                3,
                Duration.ZERO,
                Duration.ofDays(2),
                Duration.ZERO,
                false,
                List.of(Duration.ofDays(1)),
                Rule.OnDelivery.RESETS,
                level,
                "");
    }

    private static List<RuleProgress> after(int failures, Duration later, SuppressionKey key, Rule.Level level) {
        History history = History.EMPTY;
        for (int i = 0; i < failures; i++) {
            history = history.with(new Evidence(
                    "e" + i,
                    START.plusSeconds(i).toEpochMilli(),
                    Outcome.BOUNCED,
                    BounceType.SOFT,
                    "MAILBOX_FULL",
                    false,
                    5,
                    "5.2.2",
                    null,
                    false,
                    false,
                    0,
                    null,
                    null,
                    "delivery-events",
                    0,
                    i));
        }
        return RuleProgress.of(
                key,
                history,
                Policy.of("test", Duration.ZERO, List.of(rule(level))),
                START.plus(later).toEpochMilli());
    }

    private static RuleProgress tenant(int failures, Duration later) {
        return after(failures, later, TENANT, Rule.Level.TENANT).get(0);
    }

    @Test
    void evidenceCountsUntilItIsTooOld() {
        assertThat(tenant(2, Duration.ofHours(1)).counted()).isEqualTo(2);
        assertThat(tenant(2, Duration.ofHours(1)).suppresses()).isFalse();
        assertThat(tenant(2, Duration.ofDays(2).plusMillis(500)).counted()).isEqualTo(1);
        assertThat(tenant(2, Duration.ofDays(3)).counted()).isZero();
    }

    @Test
    void whatHasSuppressedCountsNoMore() {
        RuleProgress now = tenant(4, Duration.ofHours(1));
        assertThat(now.suppresses()).isTrue();
        assertThat(now.occurrence()).isEqualTo(1);
        assertThat(now.counted()).isEqualTo(1);
        assertThat(tenant(4, Duration.ofDays(1).plusSeconds(10)).suppresses()).isFalse();
        assertThat(tenant(4, Duration.ofDays(1).plusSeconds(10)).occurrence()).isEqualTo(1);
    }

    @Test
    void onlyRulesThatCanPutAnAddressOnTheListAreTold() {
        assertThat(after(1, Duration.ofHours(1), STREAM, Rule.Level.TENANT)).isEmpty();
        assertThat(after(1, Duration.ofHours(1), STREAM, Rule.Level.STREAM)).hasSize(1);
    }
}
