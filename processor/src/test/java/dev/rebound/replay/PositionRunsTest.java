package dev.rebound.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionRunsTest {

    /** Offset {@code i * 2} met one of four positions; told in any order, some of them twice. */
    @Property
    void knowsWhatItWasTold(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 3) Integer> positions,
            @ForAll @Size(max = 90) List<@IntRange(max = 29) Integer> order) {
        PositionRuns runs = new PositionRuns();
        TreeMap<Long, Long> told = new TreeMap<>();
        for (int next : order) {
            int i = next % positions.size();
            runs.add(i * 2L, positions.get(i));
            told.put(i * 2L, (long) positions.get(i));
        }
        for (long offset = -1; offset < 61; offset++) {
            Long known = told.get(offset);
            if (known != null) {
                assertThat(runs.at(offset)).hasValue(known);
            } else if (told.isEmpty() || offset < told.firstKey() || offset > told.lastKey()) {
                assertThat(runs.at(offset)).isEmpty();
            } else {
                assertThat(runs.at(offset)).isPresent();
            }
        }
    }

    @Test
    void betweenTwoOfTheSameItIsThatOne() {
        PositionRuns runs = new PositionRuns();
        runs.add(9, 7);
        runs.add(1, 7);
        assertThat(runs.at(5)).isEqualTo(OptionalLong.of(7));
    }
}
