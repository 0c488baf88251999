package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {

    private static int token(String text) {
        return Distinct.token(text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static Distinct of(List<Integer> tokens) {
        Distinct distinct = new Distinct();
        tokens.forEach(distinct::add);
        return distinct;
    }

    private static byte[] bytes(Distinct distinct) {
        Packer packer = new Packer(16);
        distinct.pack(packer);
        return packer.bytes();
    }

    private static Distinct again(Distinct distinct) {
        return Distinct.unpack(new Unpacker(bytes(distinct)));
    }

    @Test
    void fewAreCountedExactly() {
        Distinct distinct = new Distinct();
        for (int i = 0; i < 128; i++) {
            for (int times = 0; times <= i % 3; times++) {
                distinct.add(token("default|r" + i + "@example.com"));
            }
            assertThat(distinct.count()).isEqualTo(i + 1);
        }
        assertThat(again(distinct).count()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 1_000, 10_000, 200_000})
    void manyAreEstimated(int number) {
        for (String domain : List.of("a.example", "b.example", "c.example", "d.example", "e.example")) {
            Distinct distinct = new Distinct();
            for (int i = 0; i < number; i++) {
                distinct.add(token("default|r" + i + '@' + domain));
                distinct.add(token("default|r" + i / 2 + '@' + domain));
            }
            assertThat(distinct.count()).isCloseTo(number, Percentage.withPercentage(10));
            assertThat(again(distinct).count()).isEqualTo(distinct.count());
            assertThat(bytes(distinct).length).isLessThan(1_100);
        }
    }

    @Property(tries = 200)
    void theSameThingsGiveTheSameBytes(
            @ForAll("tokens") List<Integer> tokens, @ForAll @IntRange(max = 300) int cut, @ForAll Random random) {
        List<Integer> shuffled = new ArrayList<>(tokens);
        shuffled.addAll(tokens.subList(0, tokens.size() / 2));
        Collections.shuffle(shuffled, random);
        int middle = Math.min(cut, shuffled.size());
        Distinct sum = again(of(shuffled.subList(0, middle)));
        sum.add(again(of(shuffled.subList(middle, shuffled.size()))));

        assertThat(bytes(sum)).isEqualTo(bytes(of(tokens)));
        assertThat(bytes(again(sum))).isEqualTo(bytes(sum));
    }

    @Provide
    Arbitrary<List<Integer>> tokens() {
        return AnyFacts.tokens().list().ofMaxSize(300);
    }
}
