package dev.rebound.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/** What is measured: programs that do more or less with the same events. */
enum Variant {
    /** Consumer and producer without transactions, bytes to one topic: as fast as Kafka's clients are. */
    COPY(Output.COPIES, 1),
    /** Kafka Streams, exactly once, bytes to one topic. */
    PASS(Output.COPIES, 1),
    /** Classifying and routing by a consumer and a transactional producer, without Kafka Streams. */
    TRANSACTIONS(Output.OUTCOMES, 1),
    /** Rebound's topology with nothing but classifying and routing. */
    REBOUND_CLASSIFY(Output.OUTCOMES, 1),
    /** Rebound's topology with statistics, without suppression. */
    REBOUND_STATS(Output.STATISTICS, 1),
    /** Rebound as it ships. */
    REBOUND(Output.ALL, 1),
    /** Rebound as it ships, with two threads. */
    REBOUND_2T(Output.ALL, 2),
    /** The whole job as tutorials would do it. So slow that it has a shorter stream of its own. */
    NAIVE(Output.OWN_WORDS, 1),
    /** What Rebound does as a job of Apache Flink's, with two slots. Only when asked for: it has to be built first. */
    FLINK(Output.ALL, 2);

    private final Output output;
    private final int threads;

    /** What comes of the events, and so what is checked. */
    enum Output {
        /** Each event once more, unchanged. */
        COPIES(false, false),
        /** Each event classified, in the topic of its outcome. */
        OUTCOMES(false, false),
        /** ... and counted per domain. */
        STATISTICS(true, false),
        /** ... and the addresses that must not be written to. */
        ALL(true, true),
        /** As {@link #ALL}, but with categories and suppressions of its own. */
        OWN_WORDS(true, true);

        private final boolean counted;
        private final boolean suppressed;

        Output(boolean counted, boolean suppressed) {
            this.counted = counted;
            this.suppressed = suppressed;
        }

        /** It has rows of domain-stats. */
        boolean isCounted() {
            return counted;
        }

        /** It has addresses in suppressions. */
        boolean isSuppressed() {
            return suppressed;
        }
    }

    Variant(Output output, int threads) {
        this.output = output;
        this.threads = threads;
    }

    /** The name that users write and read. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException when there is none of that name */
    static Variant named(String text) {
        return Stream.of(values())
                .filter(variant -> variant.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no variant " + text + " (expected: one of "
                        + String.join(
                                ", ", Stream.of(values()).map(Variant::text).toList()) + ')'));
    }

    Output output() {
        return output;
    }

    /** How many threads process events. */
    int threads() {
        return threads;
    }

    /** How many events at most. Its speed does not depend on how many there are, and its time should end. */
    long mostEvents() {
        return this == NAIVE ? 60_000 : Long.MAX_VALUE;
    }

    /** What runs it. */
    WorkerProcess.Program program() {
        return this == FLINK ? WorkerProcess.Program.flink() : WorkerProcess.Program.own();
    }

    /** Keys of its configuration beside those of all. */
    Map<String, String> keys() {
        return Map.of(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
    }
}
