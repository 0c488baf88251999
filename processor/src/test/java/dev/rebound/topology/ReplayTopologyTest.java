package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.NOW;
import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.event.EventKey;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.suppress.Presets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The topology as it runs over a replay. */
class ReplayTopologyTest {

    private static final Coordinates ONCE = new Coordinates(
            "delivery-events", 7, 1234, NOW.minus(Duration.ofDays(3)).toEpochMilli());
    private static final String FULL = "452 4.2.2 mailbox full";
    private static final String GONE = "550 5.1.1 no such user";

    private static ReboundDriver replaying() {
        return ReboundDriver.suppressing(Suppressing.by(Presets.get(Presets.DEFAULT))
                .forReplay(Suppressing.by(Presets.get(Presets.DEFAULT)).policies()));
    }

    private static void send(ReboundDriver replay, DeliveryEvent event, Coordinates source) throws Exception {
        Headers headers = new RecordHeaders();
        source.write(headers);
        replay.sendRaw(new TestRecord<>(EventKey.of(event), replay.encode(event), headers, NOW));
    }

    @Test
    void outputsTellWhereTheEventWasFirstAndWhatTheyAreMadeBy() throws Exception {
        try (ReboundDriver replay = replaying()) {
            send(replay, bounce().setReply(GONE).build(), ONCE);
            Headers headers = replay.records(replay.topics.bouncesHard()).get(0).headers();
            assertThat(Coordinates.of(headers)).contains(ONCE);
            assertThat(new String(headers.lastHeader(Fingerprint.HEADER).value()))
                    .matches("tables=[0-9a-f]{12} policy=[0-9a-f]{12} build=[0-9a-f]{12}");
            SuppressionEvidence evidence =
                    replay.suppressed().values().iterator().next().getEvidence().get(0);
            assertThat(evidence.getTopic()).isEqualTo("delivery-events");
            assertThat(evidence.getPartition()).isEqualTo(7);
            assertThat(evidence.getOffset()).isEqualTo(1234);
        }
    }

    @Test
    void liveDoesNotBelieveWhatAnEventSaysOfItsPlace() throws Exception {
        try (ReboundDriver live = ReboundDriver.withShippedCodes()) {
            send(live, bounce().setReply(GONE).build(), ONCE);
            assertThat(Coordinates.of(
                            live.records(live.topics.bouncesHard()).get(0).headers()))
                    .hasValueSatisfying(source -> assertThat(source.partition()).isZero());
        }
    }

    @Test
    void atTheEndAllIsCountedThoughNoTimeHasPassed() throws Exception {
        try (ReboundDriver replay = replaying()) {
            send(replay, bounce().setReply(GONE).build(), ONCE);
            replay.end(NOW);
            assertThat(replay.stats().values())
                    .extracting(DomainStats::getWindowSize)
                    .containsExactlyInAnyOrder("PT1M", "PT1H", "P1D");
        }
    }

    @Test
    void whatIsDueByTheEndIsDecidedAndStaysSoAfterARestart() throws Exception {
        Instant begin = NOW.minus(Duration.ofDays(40));
        ReboundDriver replay = replaying();
        for (int day = 0; day < 20; day += 4) {
            send(
                    replay,
                    bounce().setEventId("e" + day)
                            .setReply(FULL)
                            .setEventTime(begin.plus(Duration.ofDays(day)))
                            .build(),
                    ONCE);
        }
        assertThat(replay.suppressed()).isNotEmpty();
        replay.end(begin.plus(Duration.ofDays(60)));
        assertThat(replay.suppressed()).isEmpty();
        try (ReboundDriver next = replay.restarted()) {
            // An event of long ago must not turn the clock back.
            send(
                    next,
                    bounce().setEventId("late")
                            .setReply(FULL)
                            .setEventTime(begin)
                            .build(),
                    ONCE);
            assertThat(next.suppressed()).isEmpty();
        }
    }

    /** What is deleted with a replay is all that Kafka Streams makes for it, and nothing that it does not make. */
    @Test
    void internalTopicsAreKnownByName() {
        try (ReboundDriver replay = replaying()) {
            TopologyDescription description = replay.topology.describe();
            assertThat(ReboundTopology.internalTopics("app"))
                    .allSatisfy(topic -> assertThat(topic).startsWith("app-"))
                    .extracting(topic -> topic.replaceAll("^app-|-(changelog|repartition)$", ""))
                    .containsExactlyInAnyOrderElementsOf(
                            Pattern.compile("[a-z-]+(?=-repartition)|stores: \\[([a-z-, ]*)\\]")
                                    .matcher(description.toString())
                                    .results()
                                    .flatMap(found -> Pattern.compile(", ")
                                            .splitAsStream(found.group(1) == null ? found.group() : found.group(1)))
                                    .filter(name -> !name.isEmpty() && !name.equals(Steps.CODE_TABLE_STORE))
                                    .distinct()
                                    .toList());
        }
    }
}
