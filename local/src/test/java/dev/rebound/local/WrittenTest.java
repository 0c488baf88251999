package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the comparison of two runs sees; without it, all fault tests could pass for ever. */
class WrittenTest {

    private static final String TOPIC = "bounces-hard";

    @Test
    void theOrderBetweenKeysAndAnEarlierCountDoNotMatter() {
        Written one = written("k1", "a", "k2", "b", "k1", "c");
        Written other = written("k2", "b", "k1", "a", "k1", "c");

        assertThat(one.differenceFrom(other)).isEmpty();
    }

    @Test
    void aLostRecordIsNamed() {
        assertThat(written("k1", "a").differenceFrom(written("k1", "a", "k2", "b")))
                .contains("bounces-hard: lost or different, 1 records")
                .contains("    b\n")
                .doesNotContain("doubled");
    }

    @Test
    void aDoubledRecordIsNamed() {
        assertThat(written("k1", "a", "k1", "a").differenceFrom(written("k1", "a")))
                .contains("bounces-hard: doubled or different, 1 records")
                .contains("    a\n")
                .doesNotContain("lost");
    }

    @Test
    void aDifferentRecordIsNamedWithWhatWasExpected() {
        assertThat(written("k1", "a").differenceFrom(written("k1", "b")))
                .contains("lost or different, 1 records, first:\n    b\n")
                .contains("doubled or different, 1 records, first:\n    a\n");
    }

    @Test
    void anotherOrderOfOneKeyIsNamed() {
        assertThat(written("k1", "a", "k1", "b").differenceFrom(written("k1", "b", "k1", "a")))
                .contains("order of bounces-hard k1 differs")
                .contains("expected [b, a]")
                .contains("found    [a, b]");
    }

    @Test
    void aRecordWhoseOrderIsNotPromisedIsComparedAllTheSame() {
        assertThat(written(null, "a", null, "b").differenceFrom(written(null, "b", null, "a")))
                .isEmpty();
        assertThat(written(null, "a").differenceFrom(written(null, "b"))).isNotEmpty();
    }

    @Test
    void aWrongCountIsNamedAndPartsAreAddedUp() {
        Written.Builder whole = new Written.Builder();
        whole.put("domain-stats", "t|d|PT1M|s", Map.of("events", 2L));
        whole.put("domain-stats", "t|d|PT1M|s", Map.of("events", 5L));
        Written.Builder parts = new Written.Builder();
        parts.put("domain-stats", "t|d|PT1M|s", Map.of("events", 3L));
        parts.put("domain-stats", "t|d|PT1M|s|1", Map.of("events", 2L));
        assertThat(parts.build().differenceFrom(whole.build())).isEmpty();

        parts.put("domain-stats", "t|d|PT1M|s|1", Map.of("events", 3L));
        assertThat(parts.build().differenceFrom(whole.build()))
                .contains("domain-stats t|d|PT1M|s differs")
                .contains("expected {events=5}")
                .contains("found    {events=6}");
    }

    @Test
    void countedIsWhatEachOfTheStatisticsHas() {
        Written.Builder written = new Written.Builder();
        for (String topic : List.of("domain-stats", "provider-stats")) {
            for (String size : List.of("PT1M", "PT1H", "P1D")) {
                assertThat(written.counted()).isZero();
                written.put(topic, "t|d|" + size + "|s", Map.of("events", 2L));
            }
        }
        assertThat(written.counted()).isEqualTo(2);
        written.put("domain-stats", "t|d|PT1M|s", Map.of("events", 5L));
        assertThat(written.counted()).as("the others lag behind").isEqualTo(2);
    }

    private static Written written(String... keysAndRecords) {
        Written.Builder builder = new Written.Builder();
        for (int i = 0; i < keysAndRecords.length; i += 2) {
            builder.add(TOPIC, keysAndRecords[i], keysAndRecords[i + 1]);
        }
        return builder.build();
    }
}
