package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.topology.Topics.Spec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code rebound generate} into a real cluster: each event comes out once, where its outcome belongs. */
@ExtendWith(LocalStackExtension.class)
class GenerateIT {

    private static final int EVENTS = 5_000;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void everyGeneratedEventIsClassifiedAndCounted(RunningStack stack, @TempDir Path directory) throws Exception {
        Map<String, DeliveryEvent> expected = Stream.generate(new Traffic(
                        new TrafficPlan(21, Scenario.STALE_LIST, START, TrafficPlan.USUAL_PER_SECOND))::next)
                .limit(EVENTS)
                .collect(Collectors.toMap(DeliveryEvent::getEventId, event -> event));
        try (TestCluster cluster = new TestCluster(stack, directory)) {
            cluster.start();
            cluster.command("generate", "--count=" + EVENTS, "--seed=21", "--scenario=stale-list", "--start=" + START);
            cluster.awaitCounted(EVENTS);

            assertThat(cluster.counted()).isEqualTo(EVENTS);
            assertThat(cluster.records(cluster.topics.deadLetters())).isEmpty();
            Map<String, DeliveryEvent> routed = new HashMap<>();
            for (Spec topic : List.of(
                    cluster.topics.deliveries(),
                    cluster.topics.deferrals(),
                    cluster.topics.bouncesHard(),
                    cluster.topics.bouncesSoft(),
                    cluster.topics.complaints(),
                    cluster.topics.notAttempted())) {
                for (ClassifiedEvent classified : cluster.classified(topic)) {
                    DeliveryEvent event = classified.getEvent();
                    assertThat(places(cluster, event.getOutcome())).contains(topic);
                    assertThat(routed.put(event.getEventId(), event)).isNull();
                }
            }
            assertThat(routed).isEqualTo(expected);
        }
    }

    private static List<Spec> places(TestCluster cluster, Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> List.of(cluster.topics.deliveries());
            case DEFERRED -> List.of(cluster.topics.deferrals());
            case BOUNCED, EXPIRED -> List.of(cluster.topics.bouncesHard(), cluster.topics.bouncesSoft());
            case COMPLAINED -> List.of(cluster.topics.complaints());
            case SUPPRESSED -> List.of(cluster.topics.notAttempted());
            case UNKNOWN -> List.of();
        };
    }
}
