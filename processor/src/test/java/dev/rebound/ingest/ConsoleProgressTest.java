package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void aShortRunShowsNothing() {
        Progress progress = progress(true);
        runFor(progress, 999);
        progress.finished();

        assertThat(text()).isEmpty();
    }

    @Test
    void aTerminalLineIsRewrittenFourTimesASecondAtMost() {
        Progress progress = progress(true);
        runFor(progress, 1_999);
        progress.finished();

        assertThat(text()).doesNotContain("\n").endsWith("\r\u001b[K");
        assertThat(text().split("mails read", -1)).hasSize(1 + 4);
    }

    @Test
    void elsewhereALineEveryFiveSeconds() {
        Progress progress = progress(false);
        runFor(progress, 10_500);
        progress.finished();

        assertThat(text().lines())
                .containsExactly("5,000 mails read, 10,000 events, 50 %", "10,000 mails read, 20,000 events, 50 %");
    }

    @Test
    void problemsAreLinesOfTheirOwn() {
        Progress progress = progress(true);
        runFor(progress, 1_001);
        progress.problem("x:3: bad");

        assertThat(text()).endsWith("\r\u001b[Kx:3: bad" + System.lineSeparator());
    }

    private Progress progress(boolean terminal) {
        return new ConsoleProgress(out, terminal, "%,d mails read, %,d events%s", () -> nanos);
    }

    /** A unit each millisecond. */
    private void runFor(Progress progress, int milliseconds) {
        for (int i = 1; i <= milliseconds; i++) {
            nanos = TimeUnit.MILLISECONDS.toNanos(i);
            progress.advanced(i, 2L * i, 0.5);
        }
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
