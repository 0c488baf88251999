package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology of Kafka Streams that runs in this process with the settings that Rebound ships. */
final class RunningTopology implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(1);

    private final KafkaStreams streams;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CountDownLatch running = new CountDownLatch(1);

    private RunningTopology(KafkaStreams streams) {
        this.streams = streams;
        streams.setUncaughtExceptionHandler(problem -> {
            failure.complete(problem);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((state, before) -> {
            if (state == State.RUNNING || state == State.ERROR) {
                running.countDown();
            }
        });
    }

    /**
     * Starts one.
     *
     * @param config with the application's id and its state directory
     */
    static RunningTopology start(StreamsJob.Plan plan, ReboundConfig config, Connections connections) {
        Properties properties =
                config.streams("bench-" + ProcessHandle.current().pid());
        RunningTopology topology =
                new RunningTopology(new KafkaStreams(plan.build(config, connections, properties), properties));
        topology.streams.start();
        return topology;
    }

    /** Waits until it takes events, or has broken. */
    void awaitRunning() throws InterruptedException {
        running.await();
    }

    /** What it breaks on, if ever. */
    CompletableFuture<Throwable> failure() {
        return failure;
    }

    /** What the state stores hold of the memory that they share, outside of the heap: each tells of all. */
    long storeBytes() {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("block-cache-usage"))
                .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(LONGEST_CLOSE).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
