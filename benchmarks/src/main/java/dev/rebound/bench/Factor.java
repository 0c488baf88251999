package dev.rebound.bench;

import java.util.List;
import java.util.Locale;

/** What may make the processor cost more, with the values that it is measured for; all else stays as it is by default. */
enum Factor {
    PARTITIONS(1, 8, 32),
    THREADS(1, 2),
    INSTANCES(1, 2),
    RECIPIENTS(100_000, 1_000_000, 10_000_000),
    DOMAINS(100, 10_000, 1_000_000),
    RULES(100, 1_000, 10_000);

    private final List<Integer> points;

    Factor(Integer... points) {
        this.points = List.of(points);
    }

    /**
     * A way to run the shipped topology.
     *
     * @param shape of the stream
     * @param threads of each instance
     * @param instances processes that share the work
     */
    record Setting(Shape shape, int threads, int instances) {}

    /** The name that users write and read. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Integer> points() {
        return points;
    }

    /** How it is run with one of the values. */
    Setting at(int value, long events) {
        Shape shape = Shape.of(events);
        return switch (this) {
            case PARTITIONS -> new Setting(new Shape(events, value, shape.recipients(), null, null), 1, 1);
            case THREADS -> new Setting(shape, value, 1);
            case INSTANCES -> new Setting(shape, 1, value);
            case RECIPIENTS -> new Setting(shape.withRecipients(value), 1, 1);
            case DOMAINS -> new Setting(new Shape(events, shape.partitions(), shape.recipients(), value, null), 1, 1);
            case RULES -> new Setting(new Shape(events, shape.partitions(), shape.recipients(), null, value), 1, 1);
        };
    }
}
