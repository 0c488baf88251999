package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final Duration OFTEN = Duration.ofMillis(1);

    private final BlockingQueue<TopicsException> wrong = new LinkedBlockingQueue<>();
    private final AtomicInteger looks = new AtomicInteger();

    private String firstWrong(IntSupplier check) throws InterruptedException {
        try (TopicWatch watch = new TopicWatch(3, check, OFTEN, wrong::add)) {
            assertThat(watch).isNotNull();
            TopicsException first = wrong.poll(30, TimeUnit.SECONDS);
            assertThat(first).as("what is wrong").isNotNull();
            return first.getMessage();
        }
    }

    @Test
    void aTopicThatIsGoneIsTold() throws Exception {
        assertThat(firstWrong(() -> {
                    throw new TopicsException("missing topics: bounces-hard");
                }))
                .contains("bounces-hard");
    }

    @Test
    void addedPartitionsAreTold() throws Exception {
        assertThat(firstWrong(() -> 4)).contains("had 3 partitions", "has 4 now");
    }

    @Test
    void brokersThatAreAwayAreNoFaultOfTheTopics() throws Exception {
        assertThat(firstWrong(() -> {
                    if (looks.incrementAndGet() < 3) {
                        throw new KafkaException("no answer");
                    }
                    return looks.get() < 6 ? 3 : 4;
                }))
                .contains("has 4 now");
        assertThat(wrong.size()).isLessThanOrEqualTo(looks.get() - 5);
    }
}
