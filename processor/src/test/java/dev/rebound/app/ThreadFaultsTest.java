package dev.rebound.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ThreadFaultsTest {

    @TempDir
    private Path directory;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Throwable> fatal = new ArrayList<>();

    private ThreadFaults faults(Duration pause) {
        return new ThreadFaults(new Backoff(pause, pause, System::nanoTime), stopping, fatal::add);
    }

    @Test
    void aThreadThatDiedOfPassingTroubleIsReplaced() {
        assertThat(faults(Duration.ofMillis(1)).handle(new StreamsException(new DisconnectException("gone"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(fatal).isEmpty();
    }

    @Test
    void noThreadIsReplacedOnceTheInstanceIsToldToStop() {
        stopping.countDown();

        assertThat(faults(Duration.ofDays(1)).handle(new DisconnectException("gone")))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    static List<Throwable> lasting() {
        return List.of(
                new StreamsException(new NullPointerException()),
                new ProcessorStateException("no space left on device"),
                new MissingSourceTopicException("gone"),
                new TopicAuthorizationException("deliveries"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void anythingElseStopsTheInstance(Throwable problem) {
        assertThat(faults(Duration.ofDays(1)).handle(problem)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(fatal).containsExactly(problem);
    }

    @Test
    void theReasonNamesTheFaultAndTheRemedy() {
        assertThat(StopReason.of(new StreamsException("wrapped", new TopicAuthorizationException("no")), directory))
                .hasMessageContaining("the processor stopped: no; give the user the right");
        assertThat(StopReason.of(new ProcessorStateException("IO error"), directory))
                .hasMessageContainingAll("IO error", directory.toString(), "check the disk");
        assertThat(StopReason.of(new MissingSourceTopicException("gone"), directory))
                .hasMessageContaining("rebound topics create");
        assertThat(StopReason.of(new NullPointerException(), directory))
                .hasMessageContainingAll("NullPointerException", "the log says where");
    }
}
