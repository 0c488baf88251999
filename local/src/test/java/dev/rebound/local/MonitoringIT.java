package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.local.Monitoring.Query;
import dev.rebound.local.PromQl.Match;
import dev.rebound.local.PromQl.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What dashboard, alert rules and the page of metrics name is what a running processor shows. */
@ExtendWith(LocalStackExtension.class)
class MonitoringIT {

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\|");

    /** What Prometheus adds to everything that it fetches. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private static final int EVENTS = 100;

    @TempDir
    private Path directory;

    /**
     * One line of the text format.
     *
     * @param name metric
     * @param labels its labels
     * @param value as written
     */
    private record Series(String name, Map<String, String> labels, String value) {}

    @Test
    void whatIsNamedIsThere(RunningStack stack) throws Exception {
        try (TestCluster rebound = new TestCluster(stack, directory)) {
            rebound.start();
            for (int i = 0; i < EVENTS; i++) {
                rebound.send(bounce("e" + i)
                        .setRecipient("r" + i + "@d.example")
                        .setReply("550 5.1.1 unknown")
                        .build());
            }
            rebound.send(bounce("u")
                    .setReply("no code at all")
                    .setEventTime(Instant.now())
                    .build());
            rebound.send(null, "garbage".getBytes(StandardCharsets.UTF_8), null);
            rebound.awaitCounted(EVENTS + 1);
            // There is no pause to show before the first one.
            System.gc();
            await("Kafka's metrics of every partition to be found", () -> lags(rebound.http("/metrics")) == 15);

            await("the domains of this hour to be shown", () -> rebound.http("/metrics")
                    .contains("rebound_domain_events{domain=\"example.com\""));

            List<Series> shown = series(rebound.http("/metrics"));

            ownNumbersAreExact(shown);
            ownMetricsAreDocumented(shown);
            for (Query query : Monitoring.queries()) {
                check(query, shown);
            }
            assertThat(shown).noneSatisfy(series -> assertThat(series.labels().toString())
                    .contains("@", "d.example"));
        }
    }

    /** Of five topics with three partitions each; none of them twice. */
    private static long lags(String metrics) {
        return series(metrics).stream()
                .filter(series -> series.name().equals("kafka_consumer_fetch_manager_records_lag"))
                .filter(series -> !series.labels().get("client_id").endsWith("-global-consumer"))
                .count();
    }

    private static void ownNumbersAreExact(List<Series> shown) {
        assertThat(shown)
                .contains(
                        new Series("rebound_ready", Map.of(), "1.0"),
                        new Series("rebound_state", Map.of("state", "RUNNING"), "1.0"),
                        new Series(
                                "rebound_events_total",
                                Map.of("outcome", "bounced", "bounce_type", "hard", "layer", "exact"),
                                EVENTS + ".0"),
                        new Series("rebound_unclassified_total", Map.of(), "1.0"),
                        new Series("rebound_dead_letters_total", Map.of("reason", "not_wire_format"), "1.0"),
                        new Series("rebound_latency_seconds_count", Map.of(), Integer.toString(EVENTS + 1)));
    }

    private static void ownMetricsAreDocumented(List<Series> shown) throws Exception {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (Series series : shown) {
            String name = series.name().replaceAll("_(bucket|sum|count)$", "");
            if (name.startsWith("rebound_")) {
                labels.computeIfAbsent(name, any -> new TreeSet<>())
                        .addAll(series.labels().keySet());
            }
        }
        Map<String, Set<String>> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Monitoring.read("metrics.md"));
        while (row.find()) {
            Set<String> names = new TreeSet<>();
            Stream.of(row.group(2).split(","))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .forEach(label -> names.add(label.equals("histogram") ? "le" : label.replace("`", "")));
            if (row.group(1).startsWith("rebound_")) {
                documented.put(row.group(1), names);
            } else {
                assertThat(shown)
                        .as("%s with %s", row.group(1), names)
                        .anyMatch(series -> series.name().equals(row.group(1))
                                && series.labels().keySet().containsAll(names));
            }
        }
        assertThat(labels).isEqualTo(documented);
    }

    private static void check(Query query, List<Series> shown) {
        PromQl parsed = PromQl.parse(query.text());
        Set<String> available = new TreeSet<>(ADDED);
        for (Selector selector : parsed.selectors()) {
            // Prometheus' own, one for each target.
            if (selector.metric().equals("up")) {
                continue;
            }
            List<Series> found = shown.stream()
                    .filter(series -> series.name().equals(selector.metric()))
                    .filter(series -> selector.matchers().stream().allMatch(match -> matches(series, match)))
                    .toList();
            assertThat(found).as("%s: series of %s", query.place(), selector).isNotEmpty();
            found.forEach(series -> available.addAll(series.labels().keySet()));
        }
        assertThat(available).as("%s: labels that it groups by", query.place()).containsAll(parsed.groupedBy());
    }

    private static boolean matches(Series series, Match match) {
        if (ADDED.contains(match.label())) {
            return true;
        }
        String value = series.labels().get(match.label());
        return value != null
                && switch (match.operator()) {
                    case "=" -> value.equals(match.value());
                    case "!=" -> !value.equals(match.value());
                    case "=~" -> value.matches(match.value());
                    case "!~" -> !value.matches(match.value());
                    default -> throw new IllegalArgumentException("operator of " + match);
                };
    }

    private static List<Series> series(String metrics) {
        List<Series> series = new ArrayList<>();
        metrics.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher parts = SERIES.matcher(line);
            assertThat(parts.matches()).as("%s", line).isTrue();
            Map<String, String> labels = new HashMap<>();
            if (parts.group(2) != null) {
                Matcher label = LABEL.matcher(parts.group(2));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
            }
            series.add(new Series(parts.group(1), labels, parts.group(3)));
        });
        return series;
    }
}
