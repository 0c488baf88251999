package dev.rebound.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "november-2", "0123456789012345678901234567890123456789"})
    void good(String name) {
        assertThat(new ReplayName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a.b", "a_b", "01234567890123456789012345678901234567890", "ä"})
    void bad(String name) {
        assertThatThrownBy(() -> new ReplayName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("expected");
    }
}
