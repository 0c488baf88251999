package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimesTest {

    private static final long BEGIN = Instant.parse("2026-11-26T03:00:00Z").toEpochMilli();

    private static final List<String> LOG = List.of(
            "2026-11-26T04:00:02.500+01:00 INFO  [main] dev.rebound.app.ReboundApp: Loaded 150 shipped rows into status-codes",
            "2026-11-26T04:00:03.000+01:00 INFO  [main] o.a.k.s.KafkaStreams: stream-client [a] State transition from CREATED to REBALANCING",
            "2026-11-26T04:00:03.250+01:00 INFO  [a-GlobalStreamThread] o.a.k.s.p.i.GlobalStreamThread: global-stream-thread [a]"
                    + " State transition from CREATED to RUNNING",
            "2026-11-26T04:00:03.500+01:00 INFO  [a] o.a.k.s.p.i.StreamThread: stream-thread [a] State transition from STARTING to"
                    + " PARTITIONS_ASSIGNED",
            "	at some.frame.of.a.trace",
            "2026-11-26T04:00:05.000+01:00 INFO  [a] o.a.k.s.p.i.StreamThread: stream-thread [a] State transition from"
                    + " PARTITIONS_ASSIGNED to RUNNING",
            "2026-11-26T04:00:09.000+01:00 INFO  [a] o.a.k.s.p.i.StreamThread: stream-thread [a] State transition from RUNNING to"
                    + " PARTITIONS_ASSIGNED");

    @Test
    void partsAreReadFromTheLogWhateverItsTimeZone() {
        StartTimes times = StartTimes.of(LOG, BEGIN, 2, 5.1, 6);

        assertThat(times).isEqualTo(new StartTimes(2, 2.5, 3, 3.25, 3.5, 5, 5.1, 6));
        assertThat(times.row("warm"))
                .isEqualToIgnoringNewLines("| warm | 2.00 | 0.50 | 0.50 | 0.25 | 0.25 | 1.50 | 5.10 | 6.00 |");
    }

    @Test
    void aLogThatLacksAPartIsRefused() {
        List<String> cut = new ArrayList<>(LOG);
        cut.remove(2);

        assertThatThrownBy(() -> StartTimes.of(cut, BEGIN, 2, 5.1, 6)).hasMessageContaining("global-stream-thread");
    }

    @Test
    void theMiddleOneIsThatOfItsTimeToReady() {
        List<StartTimes> starts = List.of(ready(9), ready(3), ready(4));

        assertThat(StartTimes.middle(starts).ready()).isCloseTo(4, within(0.0));
        assertThat(StartTimes.middle(starts.subList(0, 1)).ready()).isCloseTo(9, within(0.0));
    }

    private static StartTimes ready(double seconds) {
        return new StartTimes(1, 1, 1, 1, 1, 1, seconds, seconds);
    }
}
