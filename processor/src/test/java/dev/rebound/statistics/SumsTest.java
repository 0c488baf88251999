package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class SumsTest {

    private static Sums of(List<Fact> facts) {
        Sums sums = new Sums();
        facts.forEach(sums::add);
        return sums;
    }

    /** A replay reads the same events in another order and folds them in other groups: nobody must see a difference. */
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void neitherOrderNorGroupingMakeADifference(@ForAll("facts") List<Fact> facts, @ForAll Random random) {
        Sums together = of(facts);

        List<Fact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, random);
        List<Sums> groups = new ArrayList<>(List.of(new Sums()));
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(10));
            groups.add(of(shuffled.subList(from, to)));
            from = to;
        }
        while (groups.size() > 1) {
            Collections.shuffle(groups, random);
            Sums one = groups.remove(groups.size() - 1);
            Sums other = groups.get(0);
            if (random.nextBoolean()) {
                other = Sums.parse(other.bytes());
                groups.set(0, other);
            }
            other.add(random.nextBoolean() ? Sums.parse(one.bytes()) : one);
        }

        Sums sum = groups.get(0);
        assertThat(sum.counts().bytes()).isEqualTo(together.counts().bytes());
        assertThat(sum.details().timeToDeliver().bytes())
                .isEqualTo(together.details().timeToDeliver().bytes());
        assertThat(sum.details().attempts().bytes())
                .isEqualTo(together.details().attempts().bytes());
        assertThat(sum.details().replies().top())
                .isEqualTo(together.details().replies().top());
        assertThat(sum.bytes()).isEqualTo(together.bytes());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void sumsComeBackFromTheirCompactForm(@ForAll("facts") List<Fact> facts) {
        Sums sums = of(facts);
        Sums back = Sums.parse(sums.bytes());
        Details details = Details.parse(sums.details().bytes());

        assertThat(back.bytes()).isEqualTo(sums.bytes());
        assertThat(back.counts().bytes()).isEqualTo(sums.counts().bytes());
        assertThat(details.bytes()).isEqualTo(sums.details().bytes());
        assertThat(details.timeToDeliver().count())
                .isEqualTo(
                        facts.stream().filter(fact -> fact.timeToDeliver() >= 0).count());
        assertThat(details.attempts().count())
                .isEqualTo(facts.stream().filter(fact -> fact.attempts() > 0).count());
        long recipients = facts.stream()
                .filter(Fact::isAttempt)
                .map(Fact::recipient)
                .distinct()
                .count();
        assertThat(details.recipients().count())
                .as("two parts of hashes can be the same, if hardly ever")
                .isBetween(Math.max(0, recipients - 1), recipients);
        assertThat(details.replies().top()).isEqualTo(sums.details().replies().top());
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> Details.parse(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("details have version 9 (expected: 1)");
        byte[] bytes = new Sums().bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Sums.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        return AnyFacts.facts().list().ofMaxSize(60);
    }
}
