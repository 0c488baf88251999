package dev.rebound.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs contenders in turn, round after round, so that what disturbs the machine for a while disturbs all. */
final class Bench {

    private final AtEnd end;
    private final Cluster cluster;
    private final List<Contender> contenders = new ArrayList<>();

    private Bench(AtEnd end, Cluster cluster) {
        this.end = end;
        this.cluster = cluster;
    }

    /** Starts broker and registry. All that is started goes away with the end. */
    static Bench start(AtEnd end) throws Exception {
        Cluster cluster = end.add(Cluster.inTemporaryDirectory());
        cluster.start();
        return new Bench(end, cluster);
    }

    /**
     * Makes a stream.
     *
     * @param prefix of its topics' names, which no other stream has
     */
    EventStream produce(String prefix, Shape shape) throws Exception {
        EventStream stream = end.add(EventStream.produce(cluster, prefix, shape));
        say(
                "%,d events of %.0f bytes, %.0f as they are stored: %,d recipients in %,d domains",
                shape.events(),
                stream.bytesPerEvent(),
                stream.storedBytesPerEvent(),
                stream.expected().recipients(),
                stream.expected().domains().size());
        return stream;
    }

    /** Starts the workers of a contender that takes part in the rounds to come. */
    Contender add(Variant variant, String name, EventStream stream, int instances) throws Exception {
        return add(variant, name, stream, instances, Map.of());
    }

    /** As {@link #add(Variant, String, EventStream, int)}, with keys of the contender's own. */
    Contender add(Variant variant, String name, EventStream stream, int instances, Map<String, String> keys)
            throws Exception {
        Contender contender = end.add(new Contender(variant, name, cluster, stream));
        contender.start(instances, keys);
        contenders.add(contender);
        return contender;
    }

    /** Runs each contender once to warm up, and so many times more. */
    void run(int rounds) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            long begin = System.nanoTime();
            for (Contender contender : contenders) {
                Figures figures = contender.run(round);
                say("%s, %s: %,.0f events/s", name(round, rounds), contender.name(), figures.eventsPerSecond());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            if (round < rounds) {
                say("about %.1f min to go", took.toMillis() * (rounds - round) / 60_000.0);
            }
        }
    }

    private static String name(int round, int rounds) {
        return round == 0 ? "warm-up" : "run " + round + " of " + rounds;
    }

    /** Of all contenders, in their order. */
    List<Result> results() {
        return contenders.stream().map(Contender::result).toList();
    }

    /** Ends all contenders. */
    void clear() {
        contenders.forEach(Contender::close);
        contenders.clear();
    }

    private static void say(String format, Object... values) {
        System.err.printf(Locale.ROOT, format + "%n", values);
    }
}
