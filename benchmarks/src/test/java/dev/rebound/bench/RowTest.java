package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RowTest {

    private static Result result(String name, double... rates) {
        List<Figures> runs = DoubleStream.of(rates)
                .mapToObj(rate -> new Figures(rate, 12.34567, 4, 250, 1_000_000L))
                .toList();
        return new Result(name, 1, 5_000_000, runs);
    }

    @Test
    void ratiosAreThoseOfMedians() {
        List<Row> rows = Row.of(List.of(
                result("copy", 900_000, 800_000, 100_000),
                result("pass", 400_000),
                result("rebound", 90_000, 110_000)));

        assertThat(rows).extracting(Row::eventsPerSecond).containsExactly(800_000.0, 400_000.0, 100_000.0);
        assertThat(rows).extracting(Row::ratioToCopy).containsExactly(1.0, 0.5, 0.125);
        assertThat(rows).extracting(Row::ratioToPass).containsExactly(2.0, 1.0, 0.25);
        assertThat(rows.get(2).spread()).isEqualTo(new Row.Spread(90_000, 110_000));
        assertThat(rows.get(0).cpuSecondsPerMillion()).isEqualTo(12.35);
    }

    @Test
    void thereIsNoRatioToWhatWasNotMeasured() {
        Row row = Row.of(List.of(result("rebound", 1))).get(0);

        assertThat(row.ratioToCopy()).isNull();
        assertThat(row.ratioToPass()).isNull();
        assertThat(Table.text(List.of(row))).contains("rebound").contains(" - ");
    }

    @Test
    void memoryIsTheMostOfAllRunsWhereItIsTold() {
        List<Figures> runs =
                List.of(new Figures(1, 1, 1, 1, 3L), new Figures(1, 1, 1, 1, 9L), new Figures(1, 1, 1, 1, null));

        assertThat(new Result("pass", 1, 1, runs).peakMemoryBytes()).isEqualTo(9);
        assertThat(new Result("pass", 1, 1, runs.subList(2, 3)).peakMemoryBytes())
                .isNull();
    }

    @Test
    void jsonHasTheNamesThatOthersRead() throws Exception {
        Row row = Row.of(List.of(result("pass", 400_000))).get(0);
        JsonNode json = new ObjectMapper().valueToTree(row);

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "eventsPerSecond",
                        "spread",
                        "ratioToCopy",
                        "ratioToPass",
                        "cpuSecondsPerMillion",
                        "brokerCpuSecondsPerMillion",
                        "bytesWrittenPerEvent",
                        "peakMemoryBytes",
                        "events",
                        "threads");
        assertThat(json.get("spread").fieldNames()).toIterable().containsExactly("least", "most");
        assertThat(json.get("ratioToCopy").isNull()).isTrue();
    }
}
