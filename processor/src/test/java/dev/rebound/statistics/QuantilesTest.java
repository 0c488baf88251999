package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    private static Quantiles of(List<Double> values) {
        Quantiles quantiles = new Quantiles();
        values.forEach(quantiles::add);
        return quantiles;
    }

    @Property(tries = 300)
    void quantilesAreAsExactAsTheySay(@ForAll("values") List<Double> values) {
        Quantiles quantiles = Quantiles.parse(of(values).bytes());
        List<Double> sorted = values.stream().sorted().toList();

        assertThat(quantiles.count()).isEqualTo(values.size());
        for (double share : new double[] {0, 0.25, 0.5, 0.9, 0.99, 1}) {
            double exact = sorted.get((int) Math.floor(share * (sorted.size() - 1)));
            assertThat(quantiles.at(share))
                    .as("share %s", share)
                    .isCloseTo(exact, Offset.offset(exact * Quantiles.ACCURACY * 1.000_001));
        }
    }

    @Property(tries = 200)
    void theSameValuesGiveTheSameBytes(@ForAll("values") List<Double> values, @ForAll Random random) {
        List<Double> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        int cut = random.nextInt(values.size() + 1);
        Quantiles sum = Quantiles.parse(of(shuffled.subList(cut, values.size())).bytes());
        sum.add(of(shuffled.subList(0, cut)));

        assertThat(sum.bytes()).isEqualTo(of(values).bytes());
    }

    /** A row can live for a year, and what it holds must not grow with what it counts. */
    @Test
    void anyNumberOfValuesTakesABoundedPlace() {
        Quantiles quantiles = new Quantiles();
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            quantiles.add(Math.pow(10, -3 + 19 * random.nextDouble()));
        }

        assertThat(quantiles.count()).isEqualTo(1_000_000);
        assertThat(quantiles.bytes().length).isLessThan(6_000);
    }

    @Test
    void noValuesHaveNoQuantile() {
        Quantiles none = Quantiles.parse(new Quantiles().bytes());

        assertThat(none.count()).isZero();
        assertThat(none.bytes()).isEmpty();
        assertThatThrownBy(() -> none.at(0.5)).isInstanceOf(IllegalStateException.class);
        none.add(new Quantiles());
        assertThat(none.bytes()).isEmpty();
    }

    @Provide
    Arbitrary<List<Double>> values() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 10).map(value -> (double) value),
                        Arbitraries.longs().between(0, 500_000_000).map(millis -> millis / 1_000.0),
                        Arbitraries.longs().between(0, Long.MAX_VALUE).map(millis -> millis / 1_000.0))
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }
}
