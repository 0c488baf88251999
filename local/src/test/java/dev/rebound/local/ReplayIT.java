package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.event.Digests;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A replay gives what live gave, or what other tables make of it, always the same, and touches nothing else. */
@ExtendWith(LocalStackExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS = 1_500;
    private static final int PARTITIONS = 3;

    @TempDir
    private static Path directory;

    private static RunningStack stack;
    private static TestCluster cluster;
    private static Feed feed;
    private static Outputs outputs;

    @BeforeAll
    static void liveHasProcessedHalf(RunningStack running) throws Exception {
        stack = running;
        cluster = new TestCluster(
                stack,
                directory,
                Map.of(
                        "session.timeout.ms",
                        "6000",
                        "heartbeat.interval.ms",
                        "1000",
                        "rebound.suppression.policy",
                        "default"));
        Workload workload =
                new Workload(11, EVENTS, cluster.eventSchema(), cluster.registerForEvents(Workload.newerSchema()));
        feed = new Feed(cluster, workload.inputs());
        outputs = new Outputs(cluster);
        cluster.start();
        cluster.send(workload.commands());
        feed.allow(workload.inputs().size() / 2);
        awaitProcessed(workload.inputs().size() / 2);
    }

    @AfterAll
    static void close() {
        feed.close();
        outputs.close();
        cluster.close();
    }

    private static void awaitProcessed(int records) throws Exception {
        await("live to process " + records, () -> outputs.accountedFor() >= records);
        await("live to count", () -> cluster.counted() >= cluster.routed());
    }

    @Test
    @Order(1)
    void withTheSameTablesItGivesTheSame() throws Exception {
        JsonNode end = replay("same", "--all");
        assertThat(end.path("state").asText()).isEqualTo("finished");
        assertThat(judged(topics("same"))).isEqualTo(judged(cluster.topics));
        assertThat(withoutMoved(
                        values(topics("same").suppressions(), Suppression.class).keySet()))
                .isEqualTo(withoutMoved(cluster.suppressed().keySet()));
        assertThat(values(topics("same").domainStats(), DomainStats.class))
                .isEqualTo(values(cluster.topics.domainStats(), DomainStats.class));
        JsonNode difference = difference("same");
        assertThat(difference.path("changed").asLong())
                .as(difference.toString())
                .isZero();
        assertThat(difference.path("events").asLong())
                .isEqualTo(judged(cluster.topics).keySet().stream()
                        .filter(name -> !name.startsWith("bounces-unclassified"))
                        .count());
        assertThat(difference.path("moved")).isEmpty();
    }

    private static JsonNode difference(String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("replay", "diff", name, "--json"));
        all.addAll(List.of(options));
        return JSON.readTree(cluster.command(all.toArray(String[]::new)));
    }

    @Test
    @Order(2)
    void asLiveEachEventMeetsTheTableOfThen() throws Exception {
        cluster.command("codes", "set", "5.2.2", "--bounce-type", "SOFT", "--effective-from", "beginning");
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        feed.allowAll();
        await("all to be sent", () -> feed.sent() == feedSize());
        awaitProcessed(feedSize());
        replay("then", "--all", "--as-live");
        assertThat(written(topics("then"))).isEqualTo(written(cluster.topics));
    }

    private static int feedSize() {
        return new Workload(11, EVENTS, 1, 2).inputs().size();
    }

    @Test
    @Order(3)
    void killedOrSharedOrLeftAloneItEndsTheSame() throws Exception {
        replay("alone", "--all");
        Random random = new Random(5);
        Path log = directory.resolve("killed.log");
        for (int life = 0; life < 5; life++) {
            Process process = process("killed", log);
            LockSupport.parkNanos(
                    Duration.ofMillis(2_000 + random.nextInt(7_000)).toNanos());
            process.destroyForcibly().waitFor();
        }
        Process last = process("killed", log);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).as(Files.readString(log)).isZero();
        assertSame("killed", "alone");
        assertSame(sharedByThree(), "alone");
    }

    private static String sharedByThree() throws Exception {
        Path log = directory.resolve("shared.log");
        Process starter = process("shared", log);
        List<Process> helpers = new ArrayList<>();
        await("the replay to be defined", () -> cluster.command("replay", "list")
                .contains("shared"));
        for (String helper : List.of("b", "c")) {
            Path config = cluster.writeConfig(
                    directory.resolve(helper + ".properties"),
                    Map.of("state.dir", directory.resolve("state-" + helper).toString()));
            helpers.add(ReboundProcess.start(
                    log,
                    directory.resolve(helper + ".log"),
                    "replay",
                    "join",
                    "shared",
                    "--config",
                    config.toString()));
        }
        assertThat(starter.waitFor(120, TimeUnit.SECONDS)).isTrue();
        for (Process helper : helpers) {
            assertThat(helper.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(helper.exitValue()).as(Files.readString(log)).isZero();
        }
        return "shared";
    }

    private static void assertSame(String one, String other) throws Exception {
        assertThat(status(one).path("state").asText()).isEqualTo("finished");
        assertThat(written(topics(one))).isEqualTo(written(topics(other)));
        assertThat(values(topics(one).domainStats(), DomainStats.class))
                .isEqualTo(values(topics(other).domainStats(), DomainStats.class));
        assertThat(values(topics(one).providerStats(), ProviderStats.class))
                .isEqualTo(values(topics(other).providerStats(), ProviderStats.class));
        assertThat(values(topics(one).suppressions(), Suppression.class))
                .isEqualTo(values(topics(other).suppressions(), Suppression.class));
    }

    private static <T extends SpecificRecord> Map<String, T> values(Spec topic, Class<T> type) throws Exception {
        return cluster.lastValues(topic, type);
    }

    @Test
    @Order(4)
    void otherRowsMoveJustTheEventsThatTheyDecide() throws Exception {
        Path codes = Files.writeString(directory.resolve("codes.yaml"), "- code: 5.1.1\n  bounceType: SOFT\n");
        Map<String, Long> live = live();
        replay("soft", "--all", "--codes", codes.toString());
        assertThat(live()).isEqualTo(live);
        Topics alone = topics("alone");
        Topics soft = topics("soft");
        Set<String> decided = new TreeSet<>();
        for (Map.Entry<String, ClassifiedEvent> event :
                events(alone.bouncesHard()).entrySet()) {
            if ("5.1.1".equals(event.getValue().getClassification().getRule())) {
                decided.add(event.getKey());
            }
        }
        assertThat(decided).isNotEmpty();
        Set<String> movedAway = new TreeSet<>(events(alone.bouncesHard()).keySet());
        movedAway.removeAll(events(soft.bouncesHard()).keySet());
        Set<String> movedTo = new TreeSet<>(events(soft.bouncesSoft()).keySet());
        movedTo.removeAll(events(alone.bouncesSoft()).keySet());
        assertThat(movedAway).isEqualTo(decided);
        assertThat(movedTo).isEqualTo(decided);
        JsonNode difference = difference("soft", "--against", "alone");
        assertThat(difference.path("changed").asInt()).isEqualTo(decided.size());
        assertThat(difference.path("moved"))
                .isEqualTo(JSON.readTree("[{\"from\":\"hard\",\"to\":\"soft\",\"count\":" + decided.size() + "}]"));
    }

    /** Ends of all topics of live, and what its processor has committed. */
    private static Map<String, Long> live() throws Exception {
        Map<String, Long> live = new TreeMap<>();
        try (Admin admin = Admin.create(cluster.client())) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            Set<String> topics = new TreeSet<>(admin.listTopics().names().get());
            topics.removeIf(topic -> !topic.startsWith(cluster.applicationId()) || topic.contains("replay."));
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition ->
                                ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            admin.listOffsets(ends).all().get().forEach((partition, end) -> live.put("end " + partition, end.offset()));
            admin.listConsumerGroupOffsets(cluster.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> live.put("committed " + partition, offset.offset()));
        }
        return live;
    }

    private static Map<String, ClassifiedEvent> events(Spec topic) throws Exception {
        AvroDecoder<ClassifiedEvent> decoder =
                new AvroDecoder<>(cluster.writerSchemas(), ClassifiedEvent.getClassSchema());
        Map<String, ClassifiedEvent> events = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : cluster.records(topic)) {
            events.put(Coordinates.of(record.headers()).orElseThrow().text(), decoder.decode(record.value()));
        }
        return events;
    }

    @Test
    @Order(5)
    void onlyWhatPassesTheFiltersOfASpanIsReplayed() throws Exception {
        long end = cluster.records(cluster.topics.deliveryEvents()).stream()
                .filter(record -> record.partition() == 1)
                .mapToLong(ConsumerRecord::offset)
                .max()
                .orElseThrow();
        replay("few", "--offsets", "1:10-" + end, "--outcome", "bounced", "--domain", "d1.example");
        assertThat(events(topics("few").deliveries())).isEmpty();
        Map<String, ClassifiedEvent> few = new TreeMap<>(events(topics("few").bouncesHard()));
        few.putAll(events(topics("few").bouncesSoft()));
        Map<String, ClassifiedEvent> expected =
                new TreeMap<>(events(topics("alone").bouncesHard()));
        expected.putAll(events(topics("alone").bouncesSoft()));
        expected.entrySet().removeIf(event -> {
            Coordinates source = Coordinates.parse(event.getKey()).orElseThrow();
            return source.partition() != 1
                    || source.offset() < 10
                    || source.offset() >= end
                    || event.getValue().getEvent().getOutcome() != Outcome.BOUNCED
                    || !event.getValue()
                            .getClassification()
                            .getReceivingDomain()
                            .equals("d1.example");
        });
        assertThat(few).isNotEmpty();
        assertThat(few.keySet()).isEqualTo(expected.keySet());
    }

    @Test
    @Order(9)
    void deletingOneLeavesAllElse() throws Exception {
        Set<String> before = everything();
        String deleted = cluster.command("replay", "delete", "same");
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(everything());
        assertThat(gone).isNotEmpty().allSatisfy(name -> assertThat(name)
                .containsPattern("replay\\.same[.-]|replay\\.same$"));
        assertThat(everything()).noneMatch(name -> name.contains("replay.same"));
        assertThat(deleted.lines()).allSatisfy(line -> assertThat(line).startsWith("deleted "));
    }

    /** Topics, groups and subjects. */
    private static Set<String> everything() throws Exception {
        Set<String> names = new TreeSet<>();
        try (Admin admin = Admin.create(cluster.client())) {
            admin.listTopics().names().get().forEach(topic -> names.add("topic " + topic));
            admin.listGroups().all().get().forEach(group -> names.add("group " + group.groupId()));
        }
        for (JsonNode subject : JSON.readTree(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/subjects"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body())) {
            names.add("subject " + subject.asText());
        }
        return names;
    }

    private static Topics topics(String replay) {
        return cluster.config().forReplay(replay, PARTITIONS).topics();
    }

    private static JsonNode replay(String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("replay", "start", "--name", name, "--wait", "--json"));
        all.addAll(List.of(options));
        return JSON.readTree(cluster.command(all.toArray(String[]::new)));
    }

    private static JsonNode status(String name) throws Exception {
        return JSON.readTree(cluster.command("replay", "status", name, "--json"));
    }

    /** All events; where it was killed before, it goes on. */
    private static Process process(String name, Path log) throws Exception {
        List<String> all = new ArrayList<>(List.of("replay", "start", "--name", name, "--all", "--wait"));
        all.addAll(List.of("--config", directory.resolve("rebound.properties").toString()));
        Files.writeString(log, "-- " + all + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return ReboundProcess.start(log, directory.resolve(name + "-detail.log"), all.toArray(String[]::new));
    }

    private static List<Spec> outcomes(Topics topics) {
        return List.of(
                topics.deliveries(),
                topics.deferrals(),
                topics.bouncesHard(),
                topics.bouncesSoft(),
                topics.complaints(),
                topics.notAttempted(),
                topics.bouncesUnclassified());
    }

    /** Of each event, by where it was read: outcome topic, key and value, to the byte. Checks the order within a topic's partition. */
    private static Map<String, String> written(Topics topics) {
        Map<String, String> written = new TreeMap<>();
        for (Spec topic : outcomes(topics)) {
            String name = topic.name().substring(topics.prefix().length());
            Map<String, Long> last = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : cluster.records(topic)) {
                Coordinates source = Coordinates.of(record.headers()).orElseThrow();
                Long before = last.put(record.partition() + " from " + source.partition(), source.offset());
                // Live promises no order of what did not stand in its place.
                assertThat(!topics.ofReplay() || before == null || before < source.offset())
                        .as("order in " + name)
                        .isTrue();
                written.put(name + ' ' + source.text(), Digests.hex(record.key()) + ' ' + Digests.hex(record.value()));
            }
        }
        return written;
    }

    /** As {@link #written}, but what was read from the tables at another position is the same. */
    private static Map<String, String> judged(Topics topics) throws Exception {
        AvroDecoder<ClassifiedEvent> decoder =
                new AvroDecoder<>(cluster.writerSchemas(), ClassifiedEvent.getClassSchema());
        Map<String, String> judged = new TreeMap<>();
        for (Spec topic : outcomes(topics)) {
            for (ConsumerRecord<byte[], byte[]> record : cluster.records(topic)) {
                ClassifiedEvent event = decoder.decode(record.value());
                judged.put(
                        topic.name().substring(topics.prefix().length())
                                + ' '
                                + Coordinates.of(record.headers()).orElseThrow().text(),
                        event.toString().replaceAll("\"tablePosition\": \\d+", ""));
            }
        }
        return judged;
    }

    /** Live remembers a delivery only behind a failure, and promises no order of what stood in the wrong partition. */
    private static Set<String> withoutMoved(Set<String> keys) {
        Set<String> some = new TreeSet<>(keys);
        some.removeIf(key -> key.contains("|moved-"));
        return some;
    }
}
