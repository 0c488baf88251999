package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds of every decision, whatever the history and the policy. */
class DecisionPropertyTest {

    /** Everything that any policy here makes of any item is over by then. */
    private static final long END = 2L * AnyItems.LATEST + 12;

    /** Who waits for {@code next} misses nothing. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void nothingChangesBeforeNext(@ForAll("items") List<Item> items, @ForAll("policies") Policy policy) {
        nothingChangesBeforeNext(Given.history(items), policy);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void norWhenDeliveriesSettle(@ForAll("failuresAndDeliveries") List<Item> items, @ForAll("policies") Policy policy) {
        nothingChangesBeforeNext(Given.history(items), policy);
    }

    private static void nothingChangesBeforeNext(History history, Policy policy) {
        for (SuppressionKey key : List.of(Given.TENANT, Given.STREAM)) {
            Decision held = Decision.of(key, history, policy, -1);
            for (long now = 0; now <= END; now++) {
                Decision decision = Decision.of(key, history, policy, now);
                assertThat(decision.next()).isGreaterThan(now);
                if (now < held.next()) {
                    assertThat(decision).as("at %d", now).isEqualTo(held);
                } else {
                    held = decision;
                }
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aSuppressionIsInForceAndShowsWhatItRestsOn(
            @ForAll("items") List<Item> items, @ForAll("policies") Policy policy) {
        History history = Given.history(items);
        for (long now = 0; now <= END; now++) {
            Suppression told = Decision.of(Given.TENANT, history, policy, now).suppression();
            if (told == null) {
                continue;
            }
            assertThat(told.getSince().toEpochMilli()).isLessThanOrEqualTo(now);
            assertThat(Times.of(told.getExpires())).isGreaterThan(now);
            assertThat(told.getEvidence().isEmpty()).isEqualTo(told.getRule() == null);
            assertThat(told.getScope() == null
                            || EnumSet.of(Scope.RECIPIENT, Scope.DOMAIN).contains(told.getScope()))
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return AnyItems.items(20);
    }

    @Provide
    Arbitrary<List<Item>> failuresAndDeliveries() {
        return AnyItems.failuresAndDeliveries(12);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return AnyItems.policies();
    }
}
