package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private static final String SECRET = "correct-horse-battery-staple";

    private final Token token = Token.of(new Password(SECRET));

    @Test
    void isItsOwnSecret() {
        assertThat(token.is(SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c",
                "correct-horse-battery-stapl",
                "correct-horse-battery-staple2",
                "Correct-horse-battery-staple"
            })
    void isNothingElse(String guess) {
        assertThat(token.is(guess)).isFalse();
    }

    @Test
    void doesNotShowItself() {
        assertThat(token.toString()).doesNotContain(SECRET);
    }
}
