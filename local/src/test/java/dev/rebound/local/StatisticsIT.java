package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.topology.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances share the statistics: any of them, the topics, the terminal's table and a plain consumer that counts give the same
 * numbers, also when one is killed in the middle.
 */
@ExtendWith(LocalStackExtension.class)
class StatisticsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS = 6_000;
    private static final String DOMAINS = "/api/v1/domains?from=all&to=all";

    /** Short waits, so that a killed instance is noticed within a test's patience. */
    private static final Map<String, String> SETTINGS = Map.of(
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "producer.transaction.timeout.ms", "10000",
            "num.standby.replicas", "1");

    @TempDir
    private Path directory;

    private TestCluster cluster;
    private final List<Instance> instances = new ArrayList<>();
    private final Traffic traffic = new Traffic(new TrafficPlan(
            8, Scenario.STALE_LIST, Instant.parse("2026-03-01T23:30:00Z"), TrafficPlan.USUAL_PER_SECOND));

    @BeforeEach
    void open(RunningStack stack) throws Exception {
        cluster = new TestCluster(stack, directory);
    }

    @AfterEach
    void close() {
        instances.forEach(Instance::close);
        cluster.close();
    }

    private Instance start(String name) throws Exception {
        int port = ServicePort.free();
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.put(
                "state.dir",
                Files.createDirectories(directory.resolve("state-" + name)).toString());
        all.put("rebound.http.port", Integer.toString(port));
        Path config = cluster.writeConfig(directory.resolve(name + ".properties"), all);
        Instance instance = Instance.start(config, port, directory.resolve(name + ".log"));
        instances.add(instance);
        return instance;
    }

    private void send(int count) throws Exception {
        cluster.sendAll(Stream.generate(traffic::next).limit(count).toList());
    }

    @Test
    void allWhoCountGetTheSameAlsoWhenAnInstanceIsKilled() throws Exception {
        Instance first = start("a");
        Instance second = start("b");
        Instance third = start("c");
        for (Instance instance : List.of(first, second, third)) {
            instance.awaitReady();
        }
        send(EVENTS / 2);
        for (Instance instance : List.of(first, second, third)) {
            await("all events to be counted", () -> attempts(instance.get(DOMAINS)) == EVENTS / 2);
        }

        second.kill();
        send(EVENTS / 2);
        await("the page to go on", () -> attempts(first.get(DOMAINS)) >= EVENTS / 2);
        await(
                "the others to have taken over",
                () -> attempts(third.get(DOMAINS)) == EVENTS
                        && !stale(third.get(DOMAINS))
                        && attempts(first.get(DOMAINS)) == EVENTS
                        && !stale(first.get(DOMAINS)));

        Map<String, Map<String, Long>> plain =
                plainCounts(event -> event.getClassification().getReceivingDomain());
        for (Instance instance : List.of(first, third)) {
            assertThat(answered(instance, DOMAINS, "domains", "domain")).isEqualTo(plain);
            assertThat(answered(instance, "/api/v1/providers", "providers", "provider"))
                    .isEqualTo(plainCounts(StatisticsIT::provider));
            assertThat(seriesOf(instance, "PT1M")).isEqualTo(plainSeries(60));
        }
        await("hours and days to follow", () -> inTopic("P1D").equals(plain));
        assertThat(inTopic("PT1M")).isEqualTo(plain);
        assertThat(inTopic("PT1H")).isEqualTo(plain);
        assertThat(providersInTopic()).isEqualTo(plainCounts(StatisticsIT::provider));
        assertThat(inTable()).isEqualTo(asInTable(plain));
    }

    /** Negative while partitions are on their way from one instance to another. */
    private static long attempts(HttpResponse<String> answer) throws Exception {
        if (answer.statusCode() == 503) {
            return -1;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        long attempts = 0;
        for (JsonNode domain : JSON.readTree(answer.body()).path("domains")) {
            attempts += domain.path("attempts").asLong();
        }
        return attempts;
    }

    private static boolean stale(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("stale").asBoolean();
    }

    private static Map<String, Map<String, Long>> answered(Instance instance, String path, String member, String name)
            throws Exception {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (JsonNode row : JSON.readTree(instance.get(path).body()).path(member)) {
            counts.put(
                    row.path(name).asText(), counts(figure -> row.path(figure).asLong()));
        }
        return counts;
    }

    private static Map<String, Long> counts(Function<String, Long> figure) {
        Map<String, Long> counts = new TreeMap<>();
        for (String name : List.of("delivered", "deferred", "soft", "hard", "complained", "notAttempted")) {
            counts.put(name, figure.apply(name));
        }
        return counts;
    }

    /** As anyone would count who reads the outcome topics. */
    private Map<String, Map<String, Long>> plainCounts(Function<ClassifiedEvent, String> by) throws Exception {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Map.Entry<String, Topics.Spec> outcome : outcomes().entrySet()) {
            for (ClassifiedEvent event : cluster.classified(outcome.getValue())) {
                counts.computeIfAbsent(by.apply(event), first -> counts(name -> 0L))
                        .merge(outcome.getKey(), 1L, Long::sum);
            }
        }
        return counts;
    }

    private Map<String, Topics.Spec> outcomes() {
        return Map.of(
                "delivered", cluster.topics.deliveries(),
                "deferred", cluster.topics.deferrals(),
                "soft", cluster.topics.bouncesSoft(),
                "hard", cluster.topics.bouncesHard(),
                "complained", cluster.topics.complaints(),
                "notAttempted", cluster.topics.notAttempted());
    }

    private static String provider(ClassifiedEvent event) {
        String provider = event.getClassification().getProvider();
        return provider == null ? "unknown" : provider;
    }

    private Map<String, Long> plainSeries(long seconds) throws Exception {
        Map<String, Long> series = new TreeMap<>();
        for (Topics.Spec topic : outcomes().values()) {
            for (ClassifiedEvent event : cluster.classified(topic)) {
                long time = event.getEvent().getEventTime().getEpochSecond();
                series.merge(Instant.ofEpochSecond(time - time % seconds).toString(), 1L, Long::sum);
            }
        }
        return series;
    }

    private static Map<String, Long> seriesOf(Instance instance, String step) throws Exception {
        Map<String, Long> series = new TreeMap<>();
        String path = "/api/v1/series?from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z&step=" + step;
        for (JsonNode point : JSON.readTree(instance.get(path).body()).path("points")) {
            series.put(point.path("start").asText(), point.path("attempts").asLong());
        }
        return series;
    }

    private Map<String, Map<String, Long>> inTopic(String size) throws Exception {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (DomainStats stats : cluster.stats().values()) {
            if (stats.getWindowSize().equals(size)) {
                add(counts, stats.getDomain(), counts(name -> (Long) stats.get(name)));
            }
        }
        return counts;
    }

    private Map<String, Map<String, Long>> providersInTopic() throws Exception {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (ProviderStats stats : cluster.lastValues(cluster.topics.providerStats(), ProviderStats.class)
                .values()) {
            if (stats.getWindowSize().equals("P1D")) {
                add(counts, stats.getProvider(), counts(name -> (Long) stats.get(name)));
            }
        }
        return counts;
    }

    private static void add(Map<String, Map<String, Long>> counts, String name, Map<String, Long> more) {
        counts.merge(
                name,
                more,
                (one, other) -> counts(figure -> Stream.of(one, other)
                        .mapToLong(each -> each.get(figure))
                        .sum()));
    }

    /** Delivered, deferred, soft and hard as the terminal's table has them. */
    private Map<String, List<String>> inTable() {
        Map<String, List<String>> rows = new TreeMap<>();
        try (DomainTable table = DomainTable.follow(cluster.config(), cluster.writerSchemas())) {
            for (String line : table.lines(Integer.MAX_VALUE)) {
                List<String> cells = List.of(line.strip().split(" +"));
                rows.put(cells.get(0), cells.subList(1, 5));
            }
        }
        rows.remove("domain");
        return rows;
    }

    private static Map<String, List<String>> asInTable(Map<String, Map<String, Long>> counts) {
        Map<String, List<String>> rows = new TreeMap<>();
        counts.forEach((domain, figures) -> rows.put(
                domain,
                Stream.of("delivered", "deferred", "soft", "hard")
                        .map(figure -> figures.get(figure).toString())
                        .toList()));
        return rows;
    }
}
