package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.local.Workload.Input;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that nobody would send on purpose, each of which has been seen to stop a stream for good. They go through a real
 * process that is killed while it works on them.
 */
@ExtendWith(FaultBench.Extension.class)
class UnusualRecordsIT {

    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static FaultRun run;
    private static Instant begin;
    private static Written written;
    private static List<Input> inputs;

    @BeforeAll
    static void runOverAKill(FaultBench bench) throws Exception {
        begin = Instant.now();
        inputs = bench.workload().inputs();
        run = new FaultRun(bench, directory);
        Instance first = run.start("a");
        int unusual = indexOf("1970-01-01T00:00:00Z");
        run.feed().allow(unusual + 10);
        run.awaitAccountedFor(unusual);
        first.kill();
        run.start("a");
        run.assertSameAsWithoutFaults();
        written = run.outputs().all();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void anEventOf1970IsCountedIn1970() {
        assertArrivedOnce("1970-01-01T00:00:00Z");
        assertThat(written.stats())
                .containsKeys(
                        "domain-stats default|example.com|PT1M|1970-01-01T00:00:00Z",
                        "provider-stats default|unknown|P1D|1970-01-01T00:00:00Z");
    }

    @Test
    void anEventOf2100IsCountedIn2100() {
        assertArrivedOnce("2100-01-01T00:00:00Z");
        assertThat(written.stats())
                .containsKeys(
                        "domain-stats default|example.com|PT1M|2100-01-01T00:00:00Z",
                        "domain-stats default|example.com|PT1H|2100-01-01T00:00:00Z");
    }

    /** Retention goes by it, and brokers refuse records of the future. */
    @Test
    void outputsAreDatedByTheirArrival() {
        assertThat(run.outputs().arrivals())
                .isNotEmpty()
                .allMatch(arrival -> arrival >= begin.minus(CLOCK_DIFFERENCE).toEpochMilli()
                        && arrival <= Instant.now().plus(CLOCK_DIFFERENCE).toEpochMilli());
    }

    @Test
    void poisonBecomesADeadLetterWithReasonAndPlace() {
        assertThat(deadLetters())
                .hasSize((int) inputs.stream()
                        .filter(input -> input.windows().isEmpty())
                        .count())
                .allSatisfy(letter -> assertThat(letter)
                        .contains("rebound.dlq.reason=", "rebound.dlq.topic=delivery-events", "rebound.dlq.partition=")
                        .containsPattern("rebound.dlq.offset=\\d+"));
        for (String reason : List.of(
                "NOT_WIRE_FORMAT",
                "UNKNOWN_SCHEMA",
                "MALFORMED",
                "EMPTY_VALUE",
                "INVALID_RECIPIENT",
                "INVALID_TENANT")) {
            assertThat(deadLetters()).anyMatch(letter -> letter.contains("rebound.dlq.reason=" + reason));
        }
    }

    @Test
    void theLargestEventThatTheInputTakesComesThrough() {
        Input largest = inputs.get(indexOf("largest input"));
        byte[] larger = Arrays.copyOf(largest.value(), largest.value().length + 1);
        assertThatThrownBy(() -> run.cluster().sendTo(largest.partition(), largest.key(), larger))
                .as("one byte more")
                .hasRootCauseInstanceOf(RecordTooLargeException.class);
        assertArrivedOnce("largest input");
    }

    @Test
    void theLargestClassifiedEventIsWrittenAndALargerOneIsADeadLetterWithoutContent() {
        assertArrivedOnce("largest output");
        assertThat(deadLetters())
                .filteredOn(letter -> letter.contains("rebound.dlq.reason=OVERSIZE"))
                .singleElement()
                .asString()
                .startsWith("p? null ")
                .endsWith(" null")
                .containsPattern("rebound.dlq.partition=\\d .*rebound.dlq.offset=\\d+");
    }

    private static void assertArrivedOnce(String id) {
        assertThat(written.records().get("bounces-hard"))
                .filteredOn(record -> record.contains("\"eventId\": \"" + id + '"'))
                .hasSize(1);
    }

    private static List<String> deadLetters() {
        return written.records().get("delivery-events-dlq");
    }

    private static int indexOf(String mark) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).mark().equals(mark)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no record is marked " + mark);
    }
}
