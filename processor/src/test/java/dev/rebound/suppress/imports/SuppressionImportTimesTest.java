package dev.rebound.suppress.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which providers write times. */
class SuppressionImportTimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-05-31T10:15:30Z              | 2024-05-31T10:15:30Z",
                "2024-05-31t10:15:30.123456789z    | 2024-05-31T10:15:30.123456789Z",
                "2024-05-31T10:15:30               | 2024-05-31T10:15:30Z",
                "2024-05-31T06:15:30-04:00         | 2024-05-31T10:15:30Z",
                "2024-05-31T15:45:30+0530          | 2024-05-31T10:15:30Z",
                "2024-05-31 12:15:30+02            | 2024-05-31T10:15:30Z",
                "2024-05-31 10:15:30 UTC           | 2024-05-31T10:15:30Z",
                "2024-05-31 10:15:30 +0000 UTC     | 2024-05-31T10:15:30Z",
                "2024-05-31 10:15                  | 2024-05-31T10:15:00Z",
                "2024-05-31                        | 2024-05-31T00:00:00Z",
                "'Fri, 31 May 2024 10:15:30 UTC'   | 2024-05-31T10:15:30Z",
                "'Fri, 31 May 2024 10:15:30 GMT'   | 2024-05-31T10:15:30Z",
                "'Fri, 31 May 2024 12:15:30 +0200' | 2024-05-31T10:15:30Z",
                "1717150530                        | 2024-05-31T10:15:30Z",
                "1717150530.25                     | 2024-05-31T10:15:30Z",
                "1717150530123                     | 2024-05-31T10:15:30.123Z",
            })
    void areRead(String text, String expected) throws Exception {
        assertThat(ListedTime.read(text)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void maySayNothing(String text) throws Exception {
        assertThat(ListedTime.read(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "20240531",
                "05/31/2024",
                "2024-02-30",
                "2024-05-31T25:00:00Z",
                "2024-05-31T10:15:30+99:00",
                "Mon, 31 May 2024 10:15:30 GMT",
                "12345678901234567890",
            })
    void areRefusedWhenTheyAreNotReadable(String text) {
        assertThatThrownBy(() -> ListedTime.read(text))
                .isInstanceOf(BadRowException.class)
                .hasMessageContaining("time is not readable (expected: ");
    }
}
