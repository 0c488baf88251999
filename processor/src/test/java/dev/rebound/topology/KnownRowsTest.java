package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

    private static byte[] key(int number) {
        return ("default|someone-" + number + "@example.com").getBytes(StandardCharsets.UTF_8);
    }

    private final KnownRows known = new KnownRows();

    @Test
    void anyRowCanBeThereBeforeAllWereShown() {
        assertThat(known.mayHave(key(1))).isTrue();
        known.begin();
        known.add(key(2));
        assertThat(known.mayHave(key(1))).isTrue();
        known.end();
        assertThat(known.mayHave(key(1))).isFalse();
        assertThat(known.mayHave(key(2))).isTrue();
    }

    /** Rows that are written while a round is under way are behind it or before it: they are known in either case. */
    @Property
    void noRowThatIsThereIsEverDenied(@ForAll @IntRange(max = 3) int[] steps) {
        KnownRows rows = new KnownRows();
        Set<Integer> there = new HashSet<>();
        int number = 0;
        for (int step : steps) {
            switch (step) {
                case 0 -> rows.begin();
                case 1 -> {
                    there.forEach(each -> rows.add(key(each)));
                    rows.end();
                    rows.begin();
                }
                default -> {
                    rows.add(key(number));
                    there.add(number++);
                }
            }
            there.forEach(each -> assertThat(rows.mayHave(key(each))).isTrue());
        }
    }

    @Test
    void fewRowsAreTakenForOthers() {
        known.begin();
        for (int i = 0; i < 1_000_000; i++) {
            known.add(key(i));
        }
        known.end();
        int taken = 0;
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(known.mayHave(key(i))).isTrue();
            taken += known.mayHave(key(-1 - i)) ? 1 : 0;
        }
        assertThat(taken).as("of a million; 233 are expected").isLessThan(1_000);
    }

    /** What was deleted is forgotten with the next round. */
    @Test
    void aRoundForgetsWhatIsGone() {
        known.begin();
        known.add(key(1));
        known.end();
        known.begin();
        assertThat(known.mayHave(key(1))).isTrue();
        known.add(key(2));
        known.end();
        assertThat(known.mayHave(key(1))).isFalse();
        assertThat(known.mayHave(key(2))).isTrue();
    }
}
