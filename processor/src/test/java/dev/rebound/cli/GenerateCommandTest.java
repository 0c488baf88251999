package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {

    @Test
    void printsEventsThatIngestReadsAndTellsThemByOutcome() throws Exception {
        CommandRun run = CommandRun.of("generate", "--print", "--count", "1000");

        assertThat(run.exit()).isEqualTo(ExitCode.OK.code());
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(1000);
        long delivered = 0;
        for (String line : lines) {
            DeliveryEvent event = PlainJson.read(line, DeliveryEvent.class);
            delivered += event.getOutcome().name().equals("DELIVERED") ? 1 : 0;
        }
        assertThat(run.err()).startsWith("Generated 1000 events.").containsPattern("delivered +" + delivered + "\\R");
        assertThat(run.out().chars()).allMatch(c -> c < 0x80);
    }

    @Test
    void theSameArgumentsPrintTheSameAndAnotherSeedSomethingElse() {
        String once = CommandRun.of("generate", "--print", "--count", "50", "--seed", "7")
                .out();
        assertThat(CommandRun.of("generate", "--print", "--count", "50", "--seed", "7")
                        .out())
                .isEqualTo(once);
        assertThat(CommandRun.of("generate", "--print", "--count", "50", "--seed", "8")
                        .out())
                .isNotEqualTo(once);
    }

    @Test
    void thePaceOfPrintingDoesNotChangeTheEvents() {
        String fast = CommandRun.of("generate", "--print", "--count", "20").out();
        String paced = CommandRun.of("generate", "--print", "--count", "20", "--rate", "1000", "--event-rate", "10")
                .out();
        assertThat(paced).isEqualTo(fast);
    }

    @ParameterizedTest
    @CsvSource({"30s,300", "1m,600", "PT1M30S,900"})
    void theDurationIsThatOfTheGeneratedTime(String duration, int events) {
        CommandRun run =
                CommandRun.of("generate", "--print", "--duration", duration, "--start", "2030-01-01T00:00:00Z");
        assertThat(run.out().lines()).hasSize(events);
        assertThat(run.out()).startsWith("{\"eventId\":").contains("\"receivedAt\":\"2030-01-01T00:00:00Z\"");
    }

    @Test
    void whicheverOfCountAndDurationComesFirstEnds() {
        assertThat(CommandRun.of("generate", "--print", "--duration", "1h", "--count", "3")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(CommandRun.of("generate", "--print", "--duration", "1s", "--count", "30")
                        .out()
                        .lines())
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "--count=0, --count 0 (expected: 1 or more)",
        "--rate=-1, --rate -1 (expected: 0 or more)",
        "--event-rate=0, events per second 0",
        "--duration=soon, soon is no length of time",
        "--duration=0s, 0s is no length of time",
        "--duration=PT-5S, PT-5S is no length of time",
        "--scenario=outage-2, 'expected: one of ordinary, throttle, stale-list, outage, morning; did you mean outage?'",
        "--start=1969-01-01T00:00:00Z, start 1969-01-01",
        "--seed=x, --seed"
    })
    void badArgumentsAreNamedWithWhatIsExpected(String argument, String message) {
        CommandRun run = argument.startsWith("--count")
                ? CommandRun.of("generate", "--print", argument)
                : CommandRun.of("generate", "--print", "--count", "1", argument);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void trafficWithoutEndNeedsARate() {
        CommandRun run = CommandRun.of("generate", "--print");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Give --count or --duration, or a --rate");
    }

    @Test
    void theHelpNamesAllScenarios() {
        assertThat(CommandRun.of("generate", "--help").out())
                .contains("ordinary", "throttle", "stale-list", "outage", "morning");
    }
}
