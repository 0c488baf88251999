package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.ClassifiedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A processor that is killed in mid-stream loses nothing, doubles nothing, and counts each event once. */
@ExtendWith(LocalStackExtension.class)
class CrashIT {

    private static final int KILLS = 3;
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(2);

    @TempDir
    private Path directory;

    @Test
    void everyEventIsRoutedAndCountedOnceOverKills(RunningStack stack) throws Exception {
        long seed = System.nanoTime();
        System.err.println("CrashIT seed " + seed);
        Random random = new Random(seed);
        try (TestCluster rebound = new TestCluster(stack, directory);
                EventStream stream = new EventStream(rebound, seed)) {
            for (int life = 0; life < KILLS; life++) {
                Process process = rebound.startProcess(directory.resolve("processor.log"));
                try {
                    long before = rebound.routed();
                    await("life " + life + " to route events", () -> rebound.routed() > before);
                    // Events go on coming: whenever it is killed, some are through and some are in the middle.
                    int more = stream.sent() + 50 + random.nextInt(500);
                    await("more events to be sent", () -> stream.sent() >= more);
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            stream.end();
            Process last = rebound.startProcess(directory.resolve("processor.log"));
            try {
                rebound.awaitCounted(stream.sent());
            } finally {
                last.destroyForcibly().waitFor();
            }
            List<String> routed = new ArrayList<>();
            for (var topic : List.of(rebound.topics.bouncesHard(), rebound.topics.bouncesSoft())) {
                for (ClassifiedEvent event : rebound.classified(topic)) {
                    routed.add(event.getEvent().getEventId());
                }
            }
            assertThat(routed).doesNotHaveDuplicates().hasSize(stream.sent());
            assertThat(rebound.counted()).isEqualTo(stream.sent());
        }
    }

    /** Sends events all the time, until it is closed. */
    private static final class EventStream implements AutoCloseable {

        private final TestCluster rebound;
        private final Random random;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private final Thread thread = new Thread(this::run, "stream");
        private volatile boolean closing;

        EventStream(TestCluster rebound, long seed) {
            this.rebound = rebound;
            this.random = new Random(seed);
            thread.start();
        }

        private void run() {
            try {
                while (!closing) {
                    rebound.send(bounce("e" + sent.get())
                            .setRecipient("r" + random.nextInt(50) + "@d" + random.nextInt(5) + ".example")
                            .setReply(random.nextBoolean() ? "550 5.1.1 unknown" : "452 4.2.2 full")
                            .build());
                    sent.incrementAndGet();
                    LockSupport.parkNanos(BETWEEN_EVENTS.toNanos());
                }
            } catch (Exception e) {
                failure.set(e);
            }
        }

        int sent() throws Exception {
            if (failure.get() != null) {
                throw failure.get();
            }
            return sent.get();
        }

        @Override
        public void close() {
            end();
        }

        void end() {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
