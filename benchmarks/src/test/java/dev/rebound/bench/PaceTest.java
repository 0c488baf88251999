package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void eventsAreDueEvenlyHoweverLongItGoesOn() {
        Pace pace = new Pace(7, 3_000);

        assertThat(pace.due(0)).isEqualTo(7);
        assertThat(pace.due(1)).isEqualTo(7 + 333_333);
        assertThat(pace.due(3_000)).isEqualTo(7 + SECOND);
        assertThat(pace.due(3_000L * 86_400)).isEqualTo(7 + 86_400 * SECOND);
    }

    @Test
    void asManyEventsAreSentAsAreDue() {
        Pace pace = new Pace(0, 0.7);
        long count = pace.eventsIn(10);

        assertThat(count).isEqualTo(7);
        assertThat(pace.due(count - 1)).isLessThan(10 * SECOND);
        assertThat(pace.due(count)).isGreaterThanOrEqualTo(10 * SECOND);
    }

    @Test
    void noPaceIsRefused() {
        assertThatThrownBy(() -> new Pace(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
