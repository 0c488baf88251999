package dev.rebound.metrics;

import dev.rebound.http.Access;
import dev.rebound.http.Health;
import dev.rebound.http.Route;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.topology.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * All that an instance measures, for Prometheus to fetch. Counters count processing: events of a transaction that is aborted
 * are processed, and counted, again. The topics are exact.
 */
public final class Metrics implements AutoCloseable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** How soon metrics of a new thread, task or partition, and of domains, are found. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final Clock clock;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "metrics-refresh");
        thread.setDaemon(true);
        return thread;
    });
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final EventMeters events;
    private final Counter replacements;
    private volatile LongSupplier registryWaits = () -> 0;
    private KafkaStreamsMetrics kafka;

    /**
     * Meters of events and of the virtual machine; what else there is to measure is added as it comes to be.
     *
     * @param topicPrefixes what names of topics start with that are read here
     */
    public Metrics(Clock clock, Collection<String> topicPrefixes) {
        this.clock = clock;
        registry.config().meterFilter(MeterFilter.deny(meter -> isTwin(meter, topicPrefixes)));
        events = new EventMeters(registry, clock);
        replacements = Counter.builder("rebound.thread.replacements")
                .description("Stream threads that stopped and were replaced.")
                .register(registry);
        FunctionCounter.builder("rebound.registry.waits", this, metrics -> metrics.registryWaits.getAsLong())
                .description("Times that the schema registry did not answer and a look-up waited for it.")
                .register(registry);
        garbageCollection.bindTo(registry);
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /**
     * Kafka's consumers show the metrics of a topic with dots in its name twice, the second time with {@code _} for the dots;
     * sums over topics would count it twice.
     */
    private static boolean isTwin(Meter.Id meter, Collection<String> topicPrefixes) {
        String topic = meter.getTag("topic");
        return topic != null
                && meter.getName().startsWith("kafka.consumer.")
                && topicPrefixes.stream()
                        .anyMatch(prefix -> prefix.contains(".")
                                && topic.startsWith(prefix.replace('.', '_'))
                                && !topic.startsWith(prefix));
    }

    /** Counts events; for the topology. */
    public Observer observer() {
        return events;
    }

    /** A stream thread has stopped and is replaced. */
    public void threadReplaced() {
        replacements.increment();
    }

    /** Shows an instance's state and its code table; called once. */
    public void watch(Health health) {
        InstanceMeters.health(registry, health);
    }

    /** Shows how often the schema registry had to be waited for: a number that only grows. */
    public void watchRegistryWaits(LongSupplier waits) {
        registryWaits = waits;
    }

    /** Shows Kafka Streams' own metrics, and those of its clients; in place of those of an earlier client, if there was one. */
    public synchronized void watch(KafkaStreams streams) {
        if (kafka != null) {
            kafka.close();
        }
        kafka = new KafkaStreamsMetrics(streams, List.of(), refresher, REFRESH);
        kafka.bindTo(registry);
    }

    /**
     * Shows what happened at the domains and providers with most mail; called once.
     *
     * @param top so many of each have series; 0 for none
     */
    public void watch(StatisticsLookups statistics, int top) {
        if (top > 0) {
            SubjectMeters subjects = new SubjectMeters(registry, statistics, clock, top);
            refresher.scheduleWithFixedDelay(subjects::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** All of it in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    /** {@code /metrics}, open to whoever reaches the server. */
    public Route route() {
        return Route.get("/metrics", Access.OPEN, context -> context.contentType(CONTENT_TYPE)
                .result(scrape()));
    }

    @Override
    public synchronized void close() {
        if (kafka != null) {
            kafka.close();
        }
        refresher.shutdownNow();
        garbageCollection.close();
        registry.close();
    }
}
