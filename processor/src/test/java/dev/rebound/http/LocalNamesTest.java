package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:18080", "127.0.0.1", "127.0.0.1:18080", "127.1.2.3", "[::1]:80", "[::1]"
            })
    void loopbackIsLocal(String host) {
        assertThat(LocalNames.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "evil.example:18080",
                "10.0.0.1",
                "localhost:18080@evil.example",
                "1127.0.0.1",
                "[::1].evil.example"
            })
    void otherNamesAreNot(String host) {
        assertThat(LocalNames.isLocal(host)).isFalse();
    }

    @Test
    void noNameIsNotLocal() {
        assertThat(LocalNames.isLocal(null)).isFalse();
    }
}
