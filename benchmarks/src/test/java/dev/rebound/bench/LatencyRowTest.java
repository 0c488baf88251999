package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyRowTest {

    private static final Quantiles HARD = new Quantiles(12_345, 203.4, 917, 1_038.2, 1_071);
    private static final Quantiles NONE = new Quantiles(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private static LatencyRow row(int millis, double secondsBehind) {
        return new LatencyRow(CommitInterval.of(millis, null), 20_000, 90, secondsBehind, HARD, NONE);
    }

    @Test
    void eachOutputHasALine() {
        assertThat(LatencyRow.table(List.of(row(100, 0.1))).lines().skip(2))
                .containsExactly(
                        "| 100 | latency | 20,000 | 90 % | 18,000 | yes | bounces-hard | 12,345 | 203 | 917 | 1,038 | 1,071 |",
                        "| 100 | latency | 20,000 | 90 % | 18,000 | yes | suppressions | 0 | - | - | - | - |");
    }

    @Test
    void whatWaitsForItsCommitIsNotBehind() {
        assertThat(row(1_000, 2.5).keptUp()).isTrue();
        assertThat(row(100, 2.5).keptUp()).isFalse();
        assertThat(LatencyRow.table(List.of(row(100, 2.5)))).contains("| no, 2.5 s behind |");
    }

    @Test
    void lingersAreThoseOfTheProfilesInProportion() {
        assertThat(CommitInterval.of(1_000, null).keys())
                .containsEntry("rebound.profile", "throughput")
                .containsEntry("producer.linger.ms", "100");
        assertThat(CommitInterval.of(500, null).keys())
                .containsEntry("rebound.profile", "throughput")
                .containsEntry("commit.interval.ms", "500")
                .containsEntry("producer.linger.ms", "50");
        assertThat(CommitInterval.of(100, null).keys())
                .containsEntry("rebound.profile", "latency")
                .containsEntry("producer.linger.ms", "5");
    }
}
