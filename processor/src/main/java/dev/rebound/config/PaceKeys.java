package dev.rebound.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.rebound.topology.StoreMemory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Keys about pace. A profile stands for keys of which each can be given, too, and then counts as given. Why they have these values, and what
 * they cost: performance.md.
 */
final class PaceKeys {

    static final String PROFILE = "rebound.profile";
    static final String STATE_MEMORY_MB = "rebound.state.memory.mb";

    private static final int SMALLEST_STATE_MEMORY_MB = 16;
    private static final int BYTES_OF_MB = 1 << 20;

    /** The keys that one stands for, as far as they have another value than without it. */
    private enum Profile {
        THROUGHPUT(Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                "1000",
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                "100",
                StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
                "131072")),
        LATENCY(Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                "100",
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                "5",
                StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
                "32768",
                ReboundConfig.STATS_FLUSH_MS,
                "250",
                ReboundConfig.STATS_ROLL_UP_MS,
                "500"));

        private final Map<String, String> keys;

        Profile(Map<String, String> keys) {
            this.keys = keys;
        }

        static String[] names() {
            return Arrays.stream(values())
                    .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }
    }

    private PaceKeys() {}

    static ConfigDef define(ConfigDef keys) {
        return keys.define(
                        PROFILE,
                        Type.STRING,
                        "throughput",
                        CaseInsensitiveValidString.in(Profile.names()),
                        MEDIUM,
                        "What to be good at. throughput: most events for the least work, results within some seconds. latency:"
                                + " results mostly within a quarter of a second, for a fifth to a half more work. It stands for"
                                + " commit.interval.ms, producer.linger.ms, producer.batch.size, rebound.stats.flush.ms and"
                                + " rebound.stats.roll.up.ms, each of which counts instead where it is given.")
                .define(
                        STATE_MEMORY_MB,
                        Type.INT,
                        256,
                        ConfigDef.Range.atLeast(SMALLEST_STATE_MEMORY_MB),
                        MEDIUM,
                        "How much memory all state stores of the process share outside of the heap, in MiB: what was written"
                                + " last and what is read often. State itself is on disk.");
    }

    /** The keys of the chosen profile, and those that are given. */
    static Map<String, String> withProfile(Map<String, String> given) {
        AbstractConfig chosen = new AbstractConfig(define(new ConfigDef()), given, false);
        Map<String, String> keys =
                new TreeMap<>(Profile.valueOf(chosen.getString(PROFILE).toUpperCase(Locale.ROOT)).keys);
        // For Kafka, a key with the producer's prefix would go before the same one without it.
        given.keySet().forEach(key -> keys.remove(StreamsConfig.producerPrefix(key)));
        keys.putAll(given);
        return keys;
    }

    /** What Kafka Streams is told of the memory of stores. */
    static Map<String, Object> storeMemory(AbstractConfig parsed) {
        return Map.of(
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                StoreMemory.class.getName(),
                StoreMemory.BYTES,
                (long) parsed.getInt(STATE_MEMORY_MB) * BYTES_OF_MB);
    }
}
