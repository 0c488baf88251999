package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Backoff backoff = new Backoff(FIRST, LONGEST, clock::get);

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(IntStream.range(0, 5).mapToObj(i -> backoff.next().toMillis()))
                .containsExactly(200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void afterAQuietTimePausesAreShortAgain() {
        IntStream.range(0, 5).forEach(i -> backoff.next());

        clock.addAndGet(LONGEST.multipliedBy(3).toNanos());
        assertThat(backoff.next()).as("not quiet for long enough").isEqualTo(LONGEST);

        clock.addAndGet(LONGEST.multipliedBy(3).toNanos() + 1);
        assertThat(backoff.next()).isEqualTo(FIRST);
        assertThat(backoff.next()).isEqualTo(FIRST.multipliedBy(2));
    }
}
