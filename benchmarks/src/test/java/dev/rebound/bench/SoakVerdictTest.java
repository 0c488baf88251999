package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakVerdictTest {

    private static final double RATE = 10_000;
    private static final double MEGABYTE = 1e6;

    private static List<SoakLine> lines(IntToDoubleFunction residentBytes, IntToDoubleFunction lag) {
        return lines(residentBytes, minute -> 0, lag);
    }

    private static List<SoakLine> lines(
            IntToDoubleFunction residentBytes, IntToDoubleFunction storeBytes, IntToDoubleFunction lag) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(minute -> new SoakLine(
                        minute,
                        RATE,
                        (long) lag.applyAsDouble(minute),
                        0,
                        (long) residentBytes.applyAsDouble(minute),
                        (long) storeBytes.applyAsDouble(minute),
                        0,
                        1,
                        0,
                        40))
                .toList();
    }

    private static double noise(int minute) {
        return minute % 2 == 0 ? 1 : -1;
    }

    @Test
    void theLineGoesThroughPointsThatAreOnOne() {
        Fit fit = Fit.of(new double[] {1, 2, 4}, new double[] {5, 7, 11});

        assertThat(fit.slope()).isCloseTo(2, within(1e-9));
        assertThat(fit.error()).isCloseTo(0, within(1e-9));
        assertThat(fit.mean()).isCloseTo(23 / 3.0, within(1e-9));
    }

    @Test
    void theErrorIsThatOfTheTextbook() {
        // Residuals 0.1, -0.2, 0.1 about the line y = x: sum of squares 0.06, one degree of freedom, squares of x 2.
        Fit fit = Fit.of(new double[] {0, 1, 2}, new double[] {0.1, 0.8, 2.1});

        assertThat(fit.slope()).isCloseTo(1, within(1e-9));
        assertThat(fit.error()).isCloseTo(Math.sqrt(0.06 / 2), within(1e-9));
    }

    @Test
    void fewPointsAreNoLine() {
        assertThatThrownBy(() -> Fit.of(new double[] {1, 2}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fit.of(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noiseIsSteady() {
        SoakVerdict verdict = SoakVerdict.of(
                lines(
                        minute -> 1_500 * MEGABYTE + noise(minute) * 20 * MEGABYTE,
                        minute -> 6_000 + noise(minute) * 4_000),
                RATE);

        assertThat(verdict.isSteady()).isTrue();
        assertThat(verdict.text())
                .contains("Resident memory beside that of the stores: steady")
                .contains("Lag: steady");
    }

    @Test
    void aMegabyteAMinuteIsAGrowth() {
        SoakVerdict verdict = SoakVerdict.of(
                lines(minute -> 1_500 * MEGABYTE + minute * MEGABYTE + noise(minute) * MEGABYTE, minute -> 5_000),
                RATE);

        assertThat(verdict.isSteady()).isFalse();
        assertThat(verdict.memory().slope()).isCloseTo(60 * MEGABYTE, within(6 * MEGABYTE));
        assertThat(verdict.text())
                .contains("Resident memory beside that of the stores: grows")
                .contains("Lag: steady");
    }

    @Test
    void whatStoresShareMayFillUp() {
        SoakVerdict verdict = SoakVerdict.of(
                lines(
                        minute -> 1_500 * MEGABYTE + minute * 5 * MEGABYTE,
                        minute -> minute * 5 * MEGABYTE,
                        minute -> 5_000),
                RATE);

        assertThat(verdict.isSteady()).isTrue();
    }

    @Test
    void fallingBehindByATwentiethIsSeen() {
        SoakVerdict verdict =
                SoakVerdict.of(lines(minute -> 1_500 * MEGABYTE, minute -> minute * 60 * RATE / 20), RATE);

        assertThat(verdict.isSteady()).isFalse();
        assertThat(verdict.text()).contains("Lag: grows");
    }
}
