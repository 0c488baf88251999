package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.NOW;
import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.metrics.Metrics;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters say what the topology did. */
class MetersTest {

    private static final Duration AHEAD = Duration.ofMinutes(45);

    private final Metrics metrics = new Metrics(Clock.offset(Clock.systemUTC(), AHEAD), List.of());

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void eventsAreCountedByOutcomeBounceTypeAndLayer() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes(metrics.observer())) {
            rebound.send(bounce().setReply("550 5.1.1 unknown"));
            rebound.send(bounce().setReply("550 5.1.1 unknown"));
            rebound.send(bounce().setReply("452 4.2.2 full"));
            rebound.send(bounce().setReply("no code at all"));
            rebound.send(bounce().setOutcome(Outcome.DELIVERED));
            rebound.send(bounce().setOutcome(Outcome.DEFERRED).setReply("452 4.2.2 full"));
            // Passes the repartition topic, and is one event all the same.
            rebound.sendRaw(
                    "another-key".getBytes(StandardCharsets.UTF_8),
                    rebound.encode(bounce().setReply("550 5.1.1 unknown").build()));
        }

        assertThat(metrics.scrape().lines())
                .contains(
                        events("bounced", "hard", "exact", 3),
                        events("bounced", "soft", "exact", 1),
                        events("bounced", "soft", "none", 1),
                        events("delivered", "none", "outcome", 1),
                        events("deferred", "none", "exact", 1),
                        events("expired", "soft", "outcome", 0),
                        "rebound_unclassified_total 1.0")
                .filteredOn(line -> line.startsWith("rebound_events_total") && !line.endsWith(" 0.0"))
                .hasSize(5);
    }

    private static String events(String outcome, String type, String layer, int count) {
        return "rebound_events_total{bounce_type=\"" + type + "\",layer=\"" + layer + "\",outcome=\"" + outcome + "\"} "
                + (double) count;
    }

    @Test
    void deadLettersAreCountedByReason() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes(metrics.observer())) {
            rebound.sendRaw(null, null);
            rebound.sendRaw(null, "garbage".getBytes(StandardCharsets.UTF_8));
            rebound.sendRaw(null, "garbage".getBytes(StandardCharsets.UTF_8));
            rebound.sendRaw(null, rebound.encode(bounce().setRecipient("nobody").build()));
            rebound.sendRaw(new TestRecord<>(
                    null,
                    rebound.encode(bounce().build()),
                    new RecordHeaders().add("large", new byte[Topics.OUTPUT_MAX_BYTES]),
                    NOW));
        }

        assertThat(metrics.scrape().lines())
                .contains(
                        "rebound_dead_letters_total{reason=\"empty_value\"} 1.0",
                        "rebound_dead_letters_total{reason=\"not_wire_format\"} 2.0",
                        "rebound_dead_letters_total{reason=\"invalid_recipient\"} 1.0",
                        "rebound_dead_letters_total{reason=\"oversize\"} 1.0",
                        "rebound_dead_letters_total{reason=\"unknown_schema\"} 0.0");
    }

    /** Under the test driver a record arrives when it is read; the clock of these meters is ahead of that. */
    @Test
    void lagAndLatencyAreMeasuredFromArrival() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes(metrics.observer())) {
            rebound.send(bounce().setEventTime(Instant.now().minusSeconds(120)));
            rebound.send(bounce().setEventTime(Instant.now().plusSeconds(120)));
        }

        assertThat(metrics.scrape().lines())
                .contains(
                        "rebound_event_time_lag_seconds_bucket{le=\"1.0\"} 1",
                        "rebound_event_time_lag_seconds_bucket{le=\"60.0\"} 1",
                        "rebound_event_time_lag_seconds_bucket{le=\"300.0\"} 2",
                        "rebound_event_time_lag_seconds_count 2",
                        "rebound_latency_seconds_bucket{le=\"1800.0\"} 0",
                        "rebound_latency_seconds_bucket{le=\"3600.0\"} 2",
                        "rebound_latency_seconds_count 2");
    }

    /** Labels come from closed sets; a value that an event brings along would make a series for each. */
    @Test
    void nothingOfAnEventBecomesALabel() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes(metrics.observer())) {
            String before = names();
            rebound.send(bounce().setTenant("acme").setRecipient("someone@unheard-of.example"));
            rebound.sendRaw(null, "someone@unheard-of.example".getBytes(StandardCharsets.UTF_8));

            assertThat(names()).isEqualTo(before);
        }
    }

    private String names() {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("rebound_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList()
                .toString();
    }
}
