package dev.rebound.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the topics are still as they have to be. Kafka Streams tries for ever to write to a topic that was
 * deleted, and sends events to the wrong places when partitions are added, without a word in either case.
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    private final int partitions;
    private final IntSupplier check;
    private final Consumer<TopicsException> onWrong;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "topic-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A watch that begins at once.
     *
     * @param partitions of {@code delivery-events} when the instance started
     * @param check as {@link TopicAdmin#checkedPartitions()}
     * @param interval from the end of one look to the next
     * @param onWrong gets what is wrong, each time that it is seen
     */
    TopicWatch(int partitions, IntSupplier check, Duration interval, Consumer<TopicsException> onWrong) {
        this.partitions = partitions;
        this.check = check;
        this.onWrong = onWrong;
        timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            int now = check.getAsInt();
            if (now != partitions) {
                throw new TopicsException(
                        "delivery-events had " + partitions + " partitions when this instance started and"
                                + " has " + now
                                + " now; stop all instances, make the number as it was by moving the events to a"
                                + " new topic, and start again");
            }
        } catch (TopicsException e) {
            onWrong.accept(e);
        } catch (RuntimeException e) {
            // Brokers that are away say nothing about their topics.
            LOG.debug("The topics could not be looked up", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
