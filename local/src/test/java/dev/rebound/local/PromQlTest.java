package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.local.PromQl.Match;
import dev.rebound.local.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check of queries is worth what it finds in them. */
class PromQlTest {

    @Test
    void metricsLabelsAndGroupsAreFound() {
        PromQl query = PromQl.parse("histogram_quantile(0.95, sum by (le, instance) (rate(a_bucket{x=\"by (y)\","
                + " z!~\"p|q\"}[5m]))) > 30 and on (job) sum(b offset 5m) without (c) / d[15m:1m] unless e == bool 1");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector("a_bucket", List.of(new Match("x", "=", "by (y)"), new Match("z", "!~", "p|q"))),
                        new Selector("b", List.of()),
                        new Selector("d", List.of()),
                        new Selector("e", List.of()));
        assertThat(query.groupedBy()).containsExactly("le", "instance", "job", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ! b", "sum by a", "1 + 2", "a{b=\"c}"})
    void whatIsNotUnderstoodIsRefused(String query) {
        assertThatThrownBy(() -> PromQl.parse(query)).isInstanceOf(RuntimeException.class);
    }
}
