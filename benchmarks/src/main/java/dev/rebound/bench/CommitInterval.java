package dev.rebound.bench;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A commit interval, with the settings that go with it.
 *
 * @param millis the interval, in milliseconds; 1 or more
 * @param profile all else is as this profile has it, but for the producer's linger
 */
record CommitInterval(int millis, Profile profile) {

    /** The profiles that ship, each with how many lingers of the producer its commit interval has. */
    enum Profile {
        THROUGHPUT(10),
        LATENCY(20);

        private final int lingers;

        Profile(int lingers) {
            this.lingers = lingers;
        }

        /** The name that users write and read. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of profile latency up to its interval, above that of profile throughput. */
    private static final int LATENCY_UP_TO = 100;

    CommitInterval {
        if (millis < 1) {
            throw new IllegalArgumentException("commit interval: " + millis + " ms (expected: 1 or more)");
        }
    }

    /** @param profile null: the one that the interval is nearer to */
    static CommitInterval of(int millis, Profile profile) {
        Profile nearer = millis <= LATENCY_UP_TO ? Profile.LATENCY : Profile.THROUGHPUT;
        return new CommitInterval(millis, profile == null ? nearer : profile);
    }

    /** Keys of the configuration. */
    Map<String, String> keys() {
        return Map.of(
                "rebound.profile",
                profile.text(),
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Integer.toString(millis),
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                Integer.toString(millis / profile.lingers));
    }
}
