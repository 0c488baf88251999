package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatienceTest {

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger attempts = new AtomicInteger();

    private Supplier<String> failingAtFirst(RuntimeException problem) {
        return () -> {
            if (attempts.incrementAndGet() == 1) {
                throw problem;
            }
            return "done";
        };
    }

    private Supplier<String> failing(RuntimeException problem) {
        return () -> {
            attempts.incrementAndGet();
            throw problem;
        };
    }

    private Patience patience(Duration atMost) {
        return new Patience(atMost, stopping);
    }

    @Test
    void triesAgainWhatMayPass() {
        KafkaException away = new KafkaException("cannot look up topics", new TimeoutException("no broker"));

        assertThat(patience(Duration.ofMinutes(1)).until("to try", failingAtFirst(away)))
                .isEqualTo("done");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void triesAgainWhileNamesCannotBeResolved() {
        KafkaException nameless = new KafkaException(
                "Failed to create admin client",
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));

        assertThat(patience(Duration.ofMinutes(1)).until("to try", failingAtFirst(nameless)))
                .isEqualTo("done");
    }

    @Test
    void givesUpAtOnceOnWhatDoesNotPass() {
        KafkaException refused = new KafkaException("cannot", new SaslAuthenticationException("wrong password"));

        assertThatThrownBy(() -> patience(Duration.ofMinutes(1)).until("to try", failing(refused)))
                .isSameAs(refused);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void givesUpWithTheLastProblemWhenTimeIsUp() {
        TimeoutException away = new TimeoutException("no broker");

        assertThatThrownBy(() -> patience(Duration.ZERO).until("to try", failing(away)))
                .isSameAs(away);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void endsWhenToldToStop() {
        Supplier<String> stopsMeanwhile = () -> {
            stopping.countDown();
            throw new TimeoutException("no broker");
        };

        assertThatThrownBy(() -> patience(Duration.ofMinutes(10)).until("to try", stopsMeanwhile))
                .isInstanceOf(CancellationException.class);
    }
}
