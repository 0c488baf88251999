package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.lookup.HalfAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InstanceClientTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

    @TempDir
    private Path directory;

    private static InstanceClient client(HalfAnswers server) {
        return new InstanceClient(URI.create("http://127.0.0.1:" + server.port()), null, Duration.ofMillis(500));
    }

    @Test
    @Timeout(20)
    void anAnswerThatStopsInTheMiddleIsNotWaitedForLong() throws Exception {
        try (HalfAnswers server = new HalfAnswers(HALF)) {
            assertThatThrownBy(() -> client(server).get("/", Map.of()))
                    .isInstanceOf(UnreachableInstanceException.class)
                    .hasMessageContaining("no whole answer within");
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStreamFromWhichNothingComesIsNotWaitedForLong() throws Exception {
        try (HalfAnswers server = new HalfAnswers(HALF);
                InputStream in = client(server).stream("/", Map.of())) {
            assertThat(in.readNBytes(4)).isEqualTo("half".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("nothing came");
        }
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsRefusedAndNotShown() throws Exception {
        String broken = "0123456789abcdef\nfedcba9876543210";
        assertThatThrownBy(() -> new InstanceOptions().client(Map.of("REBOUND_TOKEN", broken)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REBOUND_TOKEN holds no usable token")
                .hasMessageNotContaining("0123")
                .hasMessageNotContaining("fedc");
        Path file = Files.writeString(directory.resolve("token"), broken + "\n");
        assertThatThrownBy(() -> new InstanceOptions().client(Map.of("REBOUND_TOKEN_FILE", file.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token holds no usable token")
                .hasMessageNotContaining("0123");
    }
}
