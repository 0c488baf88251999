package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void ordersAndReportsComeBackAsTheyWere() {
        Order order = new Order(3, "bench-rebound-3", "/tmp/a b/\"state\"", 1_000_000);
        Report report = new Report(12.25, null);

        assertThat(Lines.read(Lines.write(order), Order.class)).isEqualTo(order);
        assertThat(Lines.read(Lines.write(report), Report.class)).isEqualTo(report);
        assertThat(Lines.write(order)).doesNotContain("\n");
    }

    @Test
    void asksAndStatusesComeBackAsTheyWere() {
        Status status = new Status(1.5, 0.25, 127_000_000, null, 9_000_000, 14);

        assertThat(Lines.read(Lines.write(new Ask(true)), Ask.class)).isEqualTo(new Ask(true));
        assertThat(Lines.read(Lines.write(status), Status.class)).isEqualTo(status);
    }

    @Test
    void workersMaySayMoreThanIsAsked() {
        assertThat(Lines.read("{\"cpuSeconds\":1.5,\"peakBytes\":7,\"checkpoints\":4}", Report.class))
                .isEqualTo(new Report(1.5, 7L));
    }

    @Test
    void whatIsNoMessageIsQuoted() {
        assertThatThrownBy(() -> Lines.read("WARN something", Report.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WARN something");
    }
}
