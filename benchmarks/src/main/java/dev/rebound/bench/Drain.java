package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.measure.Committed;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Waits until a run has done all its work. */
final class Drain implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What is due is written and committed in so much time. */
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(3);

    private final ReboundConfig config;
    private final String application;
    private final String prefix;
    private final Supplier<Throwable> failure;
    private final Admin admin;

    /** Statistics wait so long before they are written. */
    private final Duration longestSilence;

    /** @param failure what the processing has broken on; null while it has not */
    Drain(ReboundConfig config, Supplier<Throwable> failure) {
        this.config = config;
        this.prefix = config.topics().prefix();
        this.application = config.applicationId();
        this.failure = failure;
        Duration flush = config.statistics().flush();
        Duration rollUp = config.statistics().rollUp();
        this.longestSilence = (flush.compareTo(rollUp) > 0 ? flush : rollUp).plus(COMMITTED_WITHIN);
        this.admin = Admin.create(config.adminClient());
    }

    /** Waits until so many events are committed. */
    void awaitCommitted(long count) throws Exception {
        while (committed() < count) {
            pause();
        }
    }

    /** How many events are committed. */
    long committed() throws ExecutionException, InterruptedException {
        return Committed.events(admin, config);
    }

    /** Waits until nothing is written any more. */
    void awaitQuiet() throws Exception {
        long before = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < longestSilence.toNanos()) {
            long now = written();
            if (now != before) {
                before = now;
                since = System.nanoTime();
            }
            pause();
        }
    }

    /** How much is in all topics that a run can write to. */
    private long written() throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(application) || topic.startsWith(prefix))
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetSpec> asked = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(Drain::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private void pause() throws Exception {
        Throwable problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("processing broke: " + Objects.toString(problem), problem);
        }
        Thread.sleep(PAUSE.toMillis());
    }

    @Override
    public void close() {
        admin.close();
    }
}
