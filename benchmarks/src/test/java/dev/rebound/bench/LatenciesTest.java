package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void quantilesAreOfWhatWasDueSinceItCounts() {
        Latencies latencies = new Latencies(1_000 * MILLI);
        for (int i = 0; i < 2_000; i++) {
            latencies.sent(new Place(0, i), i * MILLI);
            // The first thousand takes much longer, and does not count; the others take 1 to 1,000 ms.
            latencies.arrived(new Place(0, i), i * MILLI + (i < 1_000 ? 9_999 : i - 999) * MILLI);
        }

        Quantiles quantiles = latencies.quantiles();
        assertThat(quantiles.count()).isEqualTo(1_000);
        assertThat(quantiles.p50()).isCloseTo(500, within(1.0));
        assertThat(quantiles.p99()).isCloseTo(990, within(1.0));
        assertThat(quantiles.p999()).isCloseTo(999, within(1.0));
        assertThat(quantiles.longest()).isCloseTo(1_000, within(1.0));
        assertThat(latencies.outstanding()).isZero();
    }

    @Test
    void outputsMayBeKnownBeforeTheirEvents() {
        Latencies latencies = new Latencies(0);
        latencies.arrived(new Place(1, 5), 30 * MILLI);
        latencies.sent(new Place(0, 5), 1 * MILLI);
        latencies.sent(new Place(1, 5), 10 * MILLI);

        assertThat(latencies.quantiles().count()).isEqualTo(1);
        assertThat(latencies.quantiles().longest()).isCloseTo(20, within(0.1));
        assertThat(latencies.outstanding()).isEqualTo(1);
    }

    @Test
    void noneHaveNoQuantiles() {
        assertThat(new Latencies(0).quantiles().count()).isZero();
        assertThat(new Latencies(0).quantiles().p50()).isNaN();
    }
}
