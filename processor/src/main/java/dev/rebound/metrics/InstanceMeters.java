package dev.rebound.metrics;

import dev.rebound.http.Health;
import dev.rebound.topology.LiveCodeTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/** What an instance says of itself: state and code table. */
final class InstanceMeters {

    private InstanceMeters() {}

    static void health(MeterRegistry registry, Health health) {
        gauge(registry, "rebound.live", "1 unless the instance has failed for good.", health, h -> flag(h.isLive()));
        gauge(
                registry,
                "rebound.ready",
                "1 when all state is restored, codes are loaded and events are being processed.",
                health,
                h -> flag(h.isReady()));
        Stream.concat(
                        Stream.of(Health.WAITING_FOR_CLUSTER),
                        Stream.of(KafkaStreams.State.values()).map(Enum::name))
                .forEach(state -> Gauge.builder("rebound.state", health, h -> flag(state.equals(h.state())))
                        .description("1 for the state that the instance is in.")
                        .tag("state", state)
                        .strongReference(true)
                        .register(registry));
        table(registry, "rebound.code.rows", "Rows of the code table, over all origins.", health, t -> t.current()
                .size());
        table(
                registry,
                "rebound.code.position",
                "Offset in topic status-codes up to which the code table was read.",
                health,
                t -> t.current().position());
        table(
                registry,
                "rebound.code.bad.rows",
                "Rows of the code table whose latest record cannot be used.",
                health,
                t -> t.badRows().size());
    }

    /** Without a table there is no value, rather than a wrong one. */
    private static void table(
            MeterRegistry registry, String name, String help, Health health, ToDoubleFunction<LiveCodeTable> value) {
        gauge(registry, name, help, health, h -> {
            LiveCodeTable table = h.codeTable();
            return table == null ? Double.NaN : value.applyAsDouble(table);
        });
    }

    private static void gauge(
            MeterRegistry registry, String name, String help, Health health, ToDoubleFunction<Health> value) {
        Gauge.builder(name, health, value)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
