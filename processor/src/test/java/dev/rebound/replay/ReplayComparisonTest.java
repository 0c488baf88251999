package dev.rebound.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.replay.ReplayStatus.Phase;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.schema.ReplayState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayComparisonTest {

    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

    private static ReplayDefinition definition(String name, long commands) {
        return ReplayDefinition.newBuilder()
                .setId("id")
                .setName(name)
                .setCreatedAt(TIME.plusSeconds(commands))
                .setCreatedBy("kim")
                .setTopic("delivery-events")
                .setSpan(List.of(new ReplaySpan(0, 10L, 20L, 0L)))
                .setCommands(List.of(new ReplaySpan(0, 0L, commands, 0L)))
                .setTablePosition(80)
                .setPreset("default")
                .setPartitions(1)
                .build();
    }

    private static ReplayStatus ended(Instant until, Instant asOf) {
        ReplayProgress progress = ReplayProgress.newBuilder()
                .setState(ReplayState.FINISHED)
                .setAt(TIME)
                .setResumedAt(TIME)
                .setTotal(10)
                .setRead(10)
                .setFed(10)
                .setProcessed(10)
                .setPerSecond(2)
                .setUntil(until)
                .setAsOf(asOf)
                .setHost("1@here")
                .build();
        return new ReplayStatus(definition("march", 5), Phase.FINISHED, progress);
    }

    @Test
    void replaysThatKnowOtherCommandsAreSaidToDifferForThatReason() {
        assertThat(ReplayComparison.note(definition("one", 5), definition("two", 5)))
                .isEmpty();
        assertThat(ReplayComparison.note(definition("one", 5), definition("two", 7)))
                .contains("The replays do not know the same suppression commands: one those up to 2026-03-01T10:00:05Z,"
                        + " two those up to 2026-03-01T10:00:07Z. Suppressions can differ for that reason, whatever the"
                        + " tables and policies say.");
    }

    /** Commands are replayed up to the start, whatever the span. */
    @Test
    void whatHappenedIsKnownUpToTheLastEventAndWhatWasDecidedUpToTheEnd() {
        ReplayStatus replay = ended(TIME, TIME.plusSeconds(60));

        ReplayToPromote promoted = new ReplayToPromote(replay, ended -> null);

        assertThat(promoted.until()).isEqualTo(TIME);
        assertThat(promoted.asOf()).isEqualTo(TIME.plusSeconds(60));
        assertThat(new ReplayToPromote(ended(null, TIME), ended -> null).until())
                .as("an older version does not tell it")
                .isEqualTo(TIME);
    }
}
