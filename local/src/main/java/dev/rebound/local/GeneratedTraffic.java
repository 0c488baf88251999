package dev.rebound.local;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.ingest.IngestTraffic;
import dev.rebound.ingest.KafkaEventSink;
import dev.rebound.ingest.Pace;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds traffic in real time, after that of the last hours, which comes at once and fills table and dashboard: a provider throttled in it,
 * and a campaign went to a stale list.
 */
final class GeneratedTraffic implements AutoCloseable {

    /** How many events a run that ends is fed with: enough for each code of the seed. */
    static final int EVENTS_ONCE = 10_000;

    private static final Duration PAST = Duration.ofHours(6);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SEED = 1;
    private static final TrafficPlan ONCE = plan(Scenario.ORDINARY, Instant.parse("2026-03-01T00:00:00Z"));

    private final Thread feeder;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;

    private GeneratedTraffic(ReboundConfig config, Connections connections, boolean withPast) {
        Instant now = Instant.now();
        Traffic traffic =
                new Traffic(withPast ? plan(Scenario.MORNING, now.minus(PAST)) : plan(Scenario.ORDINARY, now));
        Pace realTime = Pace.from(now, 1);
        this.feeder = new Thread(
                () -> {
                    try {
                        feed(traffic, realTime, Long.MAX_VALUE, config, connections, () -> stopping);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        failure.set(e);
                    }
                },
                "generated-traffic");
    }

    private static TrafficPlan plan(Scenario scenario, Instant start) {
        return new TrafficPlan(SEED, scenario, start, TrafficPlan.USUAL_PER_SECOND);
    }

    /**
     * Starts to feed, until this is closed.
     *
     * @param withPast the hours before now come first; not where an earlier run has left some
     */
    static GeneratedTraffic start(ReboundConfig config, Connections connections, boolean withPast) {
        GeneratedTraffic traffic = new GeneratedTraffic(config, connections, withPast);
        traffic.feeder.start();
        return traffic;
    }

    /** Feeds the same {@value #EVENTS_ONCE} events each time; how many were fed before the stop, if there was one. */
    static long once(ReboundConfig config, Connections connections, BooleanSupplier stop)
            throws IOException, InterruptedException {
        return feed(new Traffic(ONCE), Pace.AS_FAST_AS_POSSIBLE, EVENTS_ONCE, config, connections, stop);
    }

    private static long feed(
            Traffic traffic, Pace pace, long count, ReboundConfig config, Connections connections, BooleanSupplier stop)
            throws IOException, InterruptedException {
        try (KafkaEventSink sink = new KafkaEventSink(config, connections.schemas())) {
            return new IngestTraffic(traffic::next, pace, sink, Progress.none(), stop)
                    .run(count)
                    .events();
        }
    }

    /** Throws what ended the feeding, if anything did. */
    void throwIfFailed() throws LocalStackException {
        Exception problem = failure.get();
        if (problem != null) {
            throw new LocalStackException(
                    "The generated traffic stopped",
                    String.valueOf(problem.getMessage()),
                    "See logs/rebound.log in the data directory.",
                    problem);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            feeder.join(PATIENCE.toMillis());
            if (feeder.isAlive()) {
                Logger log = LoggerFactory.getLogger(GeneratedTraffic.class);
                log.warn("The generated traffic did not stop within {} s", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
