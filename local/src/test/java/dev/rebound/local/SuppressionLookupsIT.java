package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the state; either answers for all of it, and says what it cannot answer for when the other is killed. */
@ExtendWith(LocalStackExtension.class)
class SuppressionLookupsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/suppressions";
    private static final int SUPPRESSED = 3_000;
    private static final int CHECKED = 10_000;
    private static final int PARTITIONS = 3;

    /** Short waits, so that a killed instance is noticed within a test's patience. */
    private static final Map<String, String> SETTINGS = Map.of(
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "producer.transaction.timeout.ms", "10000");

    @TempDir
    private Path directory;

    private TestCluster cluster;
    private final List<Instance> instances = new ArrayList<>();

    @BeforeEach
    void suppress(RunningStack stack) throws Exception {
        cluster = new TestCluster(stack, directory);
        cluster.send(IntStream.range(0, SUPPRESSED)
                .mapToObj(i -> SuppressionCommand.newBuilder()
                        .setCommandId("c" + i)
                        .setIssuedAt(Instant.parse("2026-03-01T12:00:00Z"))
                        .setAction(SuppressionAction.ADD)
                        .setList("default")
                        .setAddress(address(i))
                        .setReason(i % 10 == 0 ? SuppressionReason.COMPLAINT : SuppressionReason.MANUAL)
                        .setSource(SuppressionSource.IMPORT)
                        .setBy("kim")
                        .setWhy("moved from elsewhere")
                        .build())
                .toList());
    }

    @AfterEach
    void close() {
        instances.forEach(Instance::close);
        cluster.close();
    }

    private static String address(int number) {
        return "a" + number + "@d" + number % 7 + ".example";
    }

    private Instance start(String name, Map<String, String> more) throws Exception {
        int port = ServicePort.free();
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(more);
        all.put(
                "state.dir",
                Files.createDirectories(directory.resolve("state-" + name)).toString());
        all.put("rebound.http.port", Integer.toString(port));
        Path config = cluster.writeConfig(directory.resolve(name + ".properties"), all);
        Instance instance = Instance.start(config, port, directory.resolve(name + ".log"));
        instances.add(instance);
        return instance;
    }

    @Test
    void eitherInstanceAnswersForAllAddresses() throws Exception {
        Instance first = start("a", Map.of());
        Instance second = start("b", Map.of());
        awaitShared(first, second);

        for (Instance instance : List.of(first, second)) {
            for (int i = 0; i < SUPPRESSED * 2; i += 50) {
                JsonNode checked = json(instance.get(PATH + "/check?address=" + address(i)));
                assertThat(checked.path("suppressed").asBoolean()).isEqualTo(i < SUPPRESSED);
                assertThat(checked.path("stale").asBoolean()).isFalse();
            }
            assertBulk(json(instance.post(PATH + "/check", bulk())), false);
            JsonNode known = json(instance.get(PATH + "/history?address=" + address(7)));
            assertThat(known.at("/suppression/why").asText()).isEqualTo("moved from elsewhere");
            assertThat(known.at("/commands/0/commandId").asText()).isEqualTo("c7");
        }
        List<String> listed = listed(first, "limit=500");
        assertThat(listed).hasSize(SUPPRESSED).doesNotHaveDuplicates();
        assertThat(listed(second, "limit=77")).isEqualTo(listed);
        assertThat(listed(second, "limit=1000&reason=complaint")).hasSize(SUPPRESSED / 10);
        Map<String, Suppression> feed = feed();
        assertThat(exported(first)).isEqualTo(feed);
        assertThat(exported(second)).isEqualTo(feed);
    }

    @Test
    void whatAKilledInstanceHeldIsNotAnsweredForUntilTheOtherHasIt() throws Exception {
        Instance first = start("a", Map.of());
        Instance second = start("b", Map.of());
        Set<Integer> held = awaitShared(first, second);
        String theirs = PATH + "/check?address=" + addressIn(held);

        second.kill();

        HttpResponse<String> refused = first.get(theirs);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("/problems/unavailable").doesNotContain("@");
        assertThat(first.post(PATH + "/check", bulk()).statusCode()).isEqualTo(503);
        await("the other instance to answer for all", () -> isCurrent(first.get(theirs)));
        assertBulk(json(first.post(PATH + "/check", bulk())), false);
        assertThat(exported(first)).isEqualTo(feed());
    }

    @Test
    void aStandbyAnswersForAKilledInstanceAndSaysSo() throws Exception {
        Map<String, String> standbys = Map.of("num.standby.replicas", "1");
        Instance first = start("a", standbys);
        Instance second = start("b", standbys);
        Set<Integer> held = awaitShared(first, second);
        await("a copy of everything", () -> held.stream().allMatch(partition -> holds(first, partition, true)));
        await("the copy to be complete", () -> copied(first, held));
        String theirs = PATH + "/check?address=" + addressIn(held);

        second.kill();

        JsonNode stale = json(first.get(theirs));
        assertThat(stale.path("suppressed").asBoolean()).isTrue();
        assertThat(stale.path("stale").asBoolean()).isTrue();
        assertThat(stale.at("/staleness/0/reason").asText()).isEqualTo("STANDBY");
        assertBulk(json(first.post(PATH + "/check", bulk())), true);
        await("the other instance to answer for all", () -> isCurrent(first.get(theirs)));
        start("b", standbys).awaitReady();
        Instance again = instances.get(instances.size() - 1);
        await("both to answer currently", () -> isCurrent(again.get(theirs)) && isCurrent(first.get(theirs)));
        assertThat(exported(again)).isEqualTo(feed());
    }

    /** Waits until both hold partitions and everything is suppressed; the partitions that the second one holds. */
    private Set<Integer> awaitShared(Instance first, Instance second) throws Exception {
        first.awaitReady();
        second.awaitReady();
        Set<Integer> held = new HashSet<>();
        await("both to hold partitions, and all commands to be carried out", () -> {
            held.clear();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (holds(second, partition, false)) {
                    held.add(partition);
                } else if (!holds(first, partition, false)) {
                    return false;
                }
            }
            return !held.isEmpty()
                    && held.size() < PARTITIONS
                    && cluster.suppressed().size() == SUPPRESSED;
        });
        return held;
    }

    private static boolean holds(Instance instance, int partition, boolean copies) {
        try {
            return instance.post(PATH + "/peer", question(partition, copies)).statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    private static String question(int partition, boolean copies) {
        return "{\"partition\":" + partition + ",\"copies\":" + copies + ",\"range\":{\"after\":\"\",\"limit\":"
                + SUPPRESSED + ",\"filter\":{}}}";
    }

    private static boolean copied(Instance instance, Set<Integer> partitions) throws Exception {
        for (int partition : partitions) {
            long there = IntStream.range(0, SUPPRESSED)
                    .filter(i -> partition(address(i)) == partition)
                    .count();
            JsonNode copy = json(instance.post(PATH + "/peer", question(partition, true)));
            if (copy.path("rows").size() != there) {
                return false;
            }
        }
        return true;
    }

    private static String addressIn(Set<Integer> partitions) {
        return IntStream.range(0, SUPPRESSED)
                .mapToObj(SuppressionLookupsIT::address)
                .filter(address -> partitions.contains(partition(address)))
                .findFirst()
                .orElseThrow();
    }

    private static int partition(String address) {
        return Utils.toPositive(Utils.murmur2(Utils.utf8("default|" + address))) % PARTITIONS;
    }

    private static boolean isCurrent(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() == 200
                && !JSON.readTree(answer.body()).path("stale").asBoolean();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String bulk() {
        ObjectNode body = JSON.createObjectNode();
        IntStream.range(0, CHECKED).forEach(i -> body.withArray("addresses").add(address(i)));
        return body.toString();
    }

    private static void assertBulk(JsonNode answer, boolean stale) {
        assertThat(answer.path("stale").asBoolean()).isEqualTo(stale);
        assertThat(answer.path("results")).hasSize(CHECKED);
        for (int i = 0; i < CHECKED; i++) {
            JsonNode result = answer.path("results").get(i);
            assertThat(result.path("address").asText()).isEqualTo(address(i));
            assertThat(result.path("suppressed").asBoolean()).isEqualTo(i < SUPPRESSED);
        }
    }

    private static List<String> listed(Instance instance, String query) throws Exception {
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(instance.get(PATH + "?" + query + cursor));
            assertThat(page.path("stale").asBoolean()).isFalse();
            page.path("suppressions")
                    .forEach(one -> listed.add(one.path("address").asText()));
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asText() : null;
        } while (cursor != null);
        return listed;
    }

    private Map<String, Suppression> feed() throws Exception {
        Map<String, Suppression> feed = new TreeMap<>();
        cluster.suppressed().values().forEach(suppression -> feed.put(suppression.getAddress(), suppression));
        return feed;
    }

    private static Map<String, Suppression> exported(Instance instance) throws Exception {
        HttpResponse<String> answer = instance.get(PATH + "/export");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Map<String, Suppression> exported = new TreeMap<>();
        for (String line : answer.body().lines().toList()) {
            ObjectNode record = PlainJson.parse(line);
            String recipient = record.remove("recipient").asText();
            assertThat(exported.put(recipient, PlainJson.read(record, Suppression.class)))
                    .isNull();
        }
        return exported;
    }
}
