package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "0h, PT0S, 0h, 0 h",
        "30m, PT30M, 30m, 30 min",
        "90m, PT90M, 90m, 90 min",
        "120m, PT2H, 2h, 2 h",
        "24h, P1D, 24h, 24 h",
        "3d, P3D, 72h, 72 h",
        "96h, P4D, 4d, 4 days",
        "2w, P14D, 14d, 14 days",
        "PT36H, PT36H, 36h, 36 h",
        "PT1.5S, PT1.5S, PT1.5S, PT1.5S"
    })
    void aTimeIsReadAndWritten(String text, Duration time, String written, String words) {
        assertThat(Spans.parse(text)).hasValue(time);
        assertThat(Spans.text(time)).isEqualTo(written);
        assertThat(Spans.parse(written)).hasValue(time);
        assertThat(Spans.words(time)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "7 d", "-7d", "1.5h", "7D", "7days", "9999999999d", "for-ever", "P1M"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(Spans.parse(text)).isEmpty();
    }

    @Test
    void forEverHasAName() {
        assertThat(Spans.text(Rule.FOR_EVER)).isEqualTo("for-ever");
    }
}
