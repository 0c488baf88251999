package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ExpiryTest {

    private final Expiry.Converter converter = new Expiry.Converter();

    @Test
    void itIsALengthOfTimeAMomentOrNever() {
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(converter.convert("30d").from(now)).isEqualTo(Instant.parse("2026-03-31T00:00:00Z"));
        assertThat(converter.convert("2027-01-01T01:00:00+01:00").from(now))
                .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(converter.convert("never").from(now)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999d",
                "PT2562047788015215H",
                "1969-12-31T23:59:59Z",
                "-5d",
                "soon",
                "9999-12-31T23:59:59-18:00"
            })
    void whatNobodyCouldReadIsRefused(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("years 1970 to 9999");
    }
}
