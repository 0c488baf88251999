package dev.rebound.metrics;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.topology.Observer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events and dead letters. Every counter exists from the start, in an array: counting an event looks nothing up, makes
 * no object and takes no lock, and a counter that stays at zero can be told from one that is missing.
 */
final class EventMeters implements Observer {

    private static final int BOUNCE_TYPES = BounceType.values().length;
    private static final int LAYERS = Layer.values().length;

    private final Clock clock;
    private final LongAdder[] events = new LongAdder[Outcome.values().length * BOUNCE_TYPES * LAYERS];
    private final LongAdder unclassified = new LongAdder();
    private final Map<String, LongAdder> deadLetters = new TreeMap<>();
    private final Map<SuppressionReason, LongAdder> suppressed = new EnumMap<>(SuppressionReason.class);
    private final LongAdder lifted = new LongAdder();
    private final DurationHistogram lag = new DurationHistogram(
            "rebound_event_time_lag_seconds",
            "How long after its event time an event reached the broker.",
            seconds(1, 10, 60, 300, 1_800, 3_600, 21_600, 86_400, 604_800, 2_592_000));
    private final DurationHistogram latency = new DurationHistogram(
            "rebound_latency_seconds",
            "How long after it reached the broker an event was classified and routed.",
            seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600));

    /**
     * Meters, registered.
     *
     * @param clock says when an event is through
     */
    EventMeters(PrometheusMeterRegistry registry, Clock clock) {
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            for (BounceType type : BounceType.values()) {
                for (Layer layer : Layer.values()) {
                    LongAdder counter = new LongAdder();
                    events[index(outcome, type, layer)] = counter;
                    if (canBe(outcome, type)) {
                        register(registry, outcome, type, layer, counter);
                    }
                }
            }
        }
        FunctionCounter.builder("rebound.unclassified", unclassified, LongAdder::sum)
                .description("Bounces that nothing explained, copied to bounces-unclassified.")
                .register(registry);
        Observer.deadLetterReasons().forEach(reason -> register(registry, reason, new LongAdder()));
        for (SuppressionReason reason : SuppressionReason.values()) {
            if (reason != SuppressionReason.UNKNOWN) {
                register(registry, reason, new LongAdder());
            }
        }
        FunctionCounter.builder("rebound.suppressions.lifted", lifted, LongAdder::sum)
                .description("Addresses that may be written to again.")
                .register(registry);
        registry.getPrometheusRegistry().register(lag);
        registry.getPrometheusRegistry().register(latency);
    }

    /** Only a final failure is a bounce, and each is of one of the two kinds; events without an outcome are dead letters. */
    private static boolean canBe(Outcome outcome, BounceType type) {
        return switch (outcome) {
            case BOUNCED, EXPIRED -> type != BounceType.NONE;
            case DELIVERED, DEFERRED, COMPLAINED, SUPPRESSED -> type == BounceType.NONE;
            case UNKNOWN -> false;
        };
    }

    private static void register(
            MeterRegistry registry, Outcome outcome, BounceType type, Layer layer, LongAdder counter) {
        FunctionCounter.builder("rebound.events", counter, LongAdder::sum)
                .description("Events classified and routed.")
                .tag("outcome", label(outcome))
                .tag("bounce_type", label(type))
                .tag("layer", label(layer))
                .register(registry);
    }

    private void register(MeterRegistry registry, String reason, LongAdder counter) {
        deadLetters.put(reason, counter);
        FunctionCounter.builder("rebound.dead.letters", counter, LongAdder::sum)
                .description("Records that became dead letters.")
                .tag("reason", reason.toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void register(MeterRegistry registry, SuppressionReason reason, LongAdder counter) {
        suppressed.put(reason, counter);
        FunctionCounter.builder("rebound.suppressions.added", counter, LongAdder::sum)
                .description("Addresses that must not be written to from then on.")
                .tag("reason", label(reason))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static int index(Outcome outcome, BounceType type, Layer layer) {
        return (outcome.ordinal() * BOUNCE_TYPES + type.ordinal()) * LAYERS + layer.ordinal();
    }

    private static List<Duration> seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(each -> Duration.ofMillis(Math.round(each * 1000)))
                .toList();
    }

    @Override
    public void classified(DeliveryEvent event, Classification classification, long arrival) {
        events[index(event.getOutcome(), classification.getBounceType(), classification.getLayer())].increment();
        if (Observer.isUnclassified(classification)) {
            unclassified.increment();
        }
        lag.record(arrival - event.getEventTime().toEpochMilli());
        latency.record(clock.millis() - arrival);
    }

    @Override
    public void deadLetter(String reason) {
        deadLetters.get(reason).increment();
    }

    @Override
    public void suppressed(SuppressionReason reason) {
        suppressed.get(reason).increment();
    }

    @Override
    public void lifted() {
        lifted.increment();
    }
}
