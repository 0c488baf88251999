package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeId;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole path with a real broker, a real registry and real clients. */
@ExtendWith(LocalStackExtension.class)
class EndToEndIT {

    @TempDir
    private Path directory;

    private TestCluster rebound;

    @BeforeEach
    void connect(RunningStack stack) throws Exception {
        rebound = new TestCluster(stack, directory);
    }

    @AfterEach
    void close() {
        rebound.close();
    }

    @Test
    void everySeedRowAndOutcomeReachesItsTopic() throws Exception {
        List<DeliveryEvent> events = new ArrayList<>();
        ShippedCodes.rows().stream()
                .filter(row -> row.getOrigin().equals("seed"))
                .forEach(row ->
                        events.add(bounce(row.getId()).setReply(replyFor(row)).build()));
        for (Outcome outcome :
                List.of(Outcome.DELIVERED, Outcome.DEFERRED, Outcome.COMPLAINED, Outcome.SUPPRESSED, Outcome.EXPIRED)) {
            events.add(bounce(outcome.name()).setOutcome(outcome).build());
        }
        assertThat(events).hasSize(75);

        rebound.start();
        for (DeliveryEvent event : events) {
            rebound.send(event);
        }
        rebound.awaitCounted(75);

        assertThat(rebound.routed()).isEqualTo(75);
        assertThat(ids(rebound.classified(rebound.topics.deliveries()))).containsExactly("DELIVERED");
        assertThat(ids(rebound.classified(rebound.topics.deferrals()))).containsExactly("DEFERRED");
        assertThat(ids(rebound.classified(rebound.topics.complaints()))).containsExactly("COMPLAINED");
        assertThat(ids(rebound.classified(rebound.topics.notAttempted()))).containsExactly("SUPPRESSED");
        Map<String, DeliveryEvent> byId =
                events.stream().collect(Collectors.toMap(DeliveryEvent::getEventId, event -> event));
        for (BounceType type : List.of(BounceType.HARD, BounceType.SOFT)) {
            List<ClassifiedEvent> bounces = rebound.classified(
                    type == BounceType.HARD ? rebound.topics.bouncesHard() : rebound.topics.bouncesSoft());
            assertThat(ids(bounces)).containsExactlyInAnyOrderElementsOf(expected(events, type));
            assertThat(bounces).allSatisfy(bounce -> {
                assertThat(bounce.getEvent())
                        .isEqualTo(byId.get(bounce.getEvent().getEventId()));
                if (bounce.getEvent().getOutcome() == Outcome.BOUNCED) {
                    assertThat(bounce.getClassification().getRule())
                            .isEqualTo(bounce.getEvent().getEventId());
                }
            });
        }
    }

    private static List<String> expected(List<DeliveryEvent> events, BounceType type) {
        return events.stream()
                .filter(event ->
                        Classifier.classify(event, ShippedCodes.table()).getBounceType() == type)
                .map(DeliveryEvent::getEventId)
                .toList();
    }

    private static String replyFor(StatusCode row) {
        CodeId id = CodeId.parse(row.getId());
        return switch (id.layer()) {
            case EXACT -> id.firstDigit() + "50 " + id.text() + " refused";
            case CLASS -> id.text().replace("XXX", "9").replace("YYY", "9") + " refused";
            case GROUP -> id.text().replace("xx", "99") + " refused";
            default -> id.text() + " refused";
        };
    }

    private static List<String> ids(List<ClassifiedEvent> events) {
        return events.stream().map(event -> event.getEvent().getEventId()).toList();
    }

    @Test
    void aRowThatIsSetReroutesTheNextEventAndRemovingItRestoresTheSeed() throws Exception {
        rebound.start();
        rebound.command("codes", "set", "5.2.2", "--bounce-type", "SOFT");
        assertThat(rebound.command("codes", "show", "5.2.2")).contains("bounce type  SOFT");
        await("the row to arrive", () -> rebound.health().contains("\"rows\""));
        sendNow("soft", BounceType.SOFT);
        rebound.command("codes", "remove", "5.2.2");
        sendNow("hard", BounceType.HARD);
        assertThat(rebound.command("codes", "export"))
                .contains("\"bounceType\":\"SOFT\"")
                .contains("\"withdrawn\":true");
    }

    /** Sends events until one takes the route, which the issue of a change allows a second for; then one more. */
    private void sendNow(String stem, BounceType route) throws Exception {
        var topic = route == BounceType.HARD ? rebound.topics.bouncesHard() : rebound.topics.bouncesSoft();
        int[] sent = {0};
        await("an event to be " + route, () -> {
            String id = stem + sent[0]++;
            rebound.send(bounce(id)
                    .setEventTime(Instant.now())
                    .setReply("552 5.2.2 full")
                    .build());
            await(id, () -> routedIds().contains(id));
            return ids(rebound.classified(topic)).contains(id);
        });
        assertThat(sent[0]).as("events until the change was seen").isLessThan(20);
    }

    private List<String> routedIds() throws Exception {
        List<String> ids = new ArrayList<>(ids(rebound.classified(rebound.topics.bouncesHard())));
        ids.addAll(ids(rebound.classified(rebound.topics.bouncesSoft())));
        return ids;
    }

    @Test
    void whatIsBrokenNeitherStopsNorVanishes() throws Exception {
        rebound.sendCode("operator/5.1.1", "broken before start".getBytes(StandardCharsets.UTF_8));
        rebound.sendCode("seed/5.1.2", "healed at start".getBytes(StandardCharsets.UTF_8));
        rebound.start();
        rebound.sendCode("seed/5.1.1", new byte[] {0, 0, 0, 99, 99, 1});

        rebound.send(new byte[] {1}, "garbage".getBytes(StandardCharsets.UTF_8), null);
        rebound.send(new byte[] {2}, new byte[] {0, 0, 0, 99, 99, 1, 2}, null);
        rebound.send(
                new byte[] {3}, rebound.encode(bounce("empty").setRecipient("").build()), null);
        rebound.send(new byte[] {4}, null, null);
        rebound.send(null, rebound.encode(bounce("no key").setReply("550 5.1.1").build()), null);
        rebound.send(
                bounce("large").setReply("550 5.1.1 " + "x".repeat(1_000_000)).build());
        byte[] key = "default|someone@example.com".getBytes(StandardCharsets.UTF_8);
        for (String time : List.of("1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z")) {
            Instant when = Instant.parse(time);
            rebound.send(
                    key,
                    rebound.encode(bounce(time)
                            .setEventTime(when)
                            .setReply("550 5.1.1")
                            .build()),
                    when.toEpochMilli());
        }
        long before = System.currentTimeMillis();
        rebound.send(bounce("last").setReply("550 5.1.1").build());
        rebound.awaitCounted(5);
        await(
                "four dead letters",
                () -> rebound.records(rebound.topics.deadLetters()).size() >= 4);

        assertThat(rebound.records(rebound.topics.deadLetters()))
                .extracting(letter -> header(letter, "rebound.dlq.reason"))
                .containsExactlyInAnyOrder("NOT_WIRE_FORMAT", "UNKNOWN_SCHEMA", "INVALID_RECIPIENT", "EMPTY_VALUE");
        assertThat(rebound.records(rebound.topics.deadLetters())).allSatisfy(letter -> {
            assertThat(header(letter, "rebound.dlq.topic"))
                    .isEqualTo(rebound.topics.deliveryEvents().name());
            assertThat(header(letter, "rebound.dlq.partition")).isNotNull();
            assertThat(header(letter, "rebound.dlq.offset")).isNotNull();
        });
        assertThat(ids(rebound.classified(rebound.topics.bouncesHard())))
                .containsExactlyInAnyOrder("no key", "large", "1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "last");
        assertThat(rebound.records(rebound.topics.bouncesHard()))
                .allSatisfy(record -> assertThat(record.timestamp()).isGreaterThan(before - 60_000));
        assertThat(rebound.stats().keySet())
                .contains(
                        "default|example.com|PT1M|1970-01-01T00:00:00Z",
                        "default|example.com|PT1M|2100-01-01T00:00:00Z");
        await("the broken rows in health", () -> rebound.health().contains("seed/5.1.1"));
        assertThat(rebound.health()).contains("operator/5.1.1").doesNotContain("seed/5.1.2");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aRecordInAnotherPartitionThanItsKeysIsMoved() throws Exception {
        rebound.start();
        byte[] key = "default|someone@example.com".getBytes(StandardCharsets.UTF_8);
        for (int partition = 0; partition < 3; partition++) {
            rebound.sendTo(
                    partition,
                    key,
                    rebound.encode(bounce("p" + partition).setReply("550 5.1.1").build()));
        }
        rebound.awaitCounted(3);
        assertThat(ids(rebound.classified(rebound.topics.bouncesHard()))).containsExactlyInAnyOrder("p0", "p1", "p2");
        assertThat(rebound.endOfRekey())
                .as("records that were moved, and the ends of transactions")
                .isGreaterThan(1);
    }

    @Test
    void partitionCountsThatDoNotMatchAreNamedAtStart() throws Exception {
        rebound.createRekeyWith(5);
        assertThatThrownBy(rebound::start)
                .hasMessageContaining("rekey-repartition has 5 partitions")
                .hasMessageContaining("has 3");
    }

    @Test
    void aTopicThatCannotHoldWhatIsWrittenIsNamedAtStart() throws Exception {
        rebound.setTopicConfig(rebound.topics.bouncesHard(), "max.message.bytes", "1048588");
        assertThatThrownBy(rebound::start)
                .hasMessageContaining("bounces-hard has max.message.bytes=1048588 (expected: at least 1114124)")
                .hasMessageContaining("kafka-configs");
    }

    @Test
    void rowsAreExportedAndImported() throws Exception {
        rebound.start();
        rebound.command("codes", "set", "5.9.9", "--category", "spam_content", "--by", "ops");
        String exported = rebound.command("codes", "export");
        assertThat(exported).contains("\"id\":\"5.9.9\"").contains("\"recordedBy\":\"ops\"");
        Path file = Files.writeString(directory.resolve("rows.ndjson"), exported.replace("5.9.9", "5.9.8"));
        rebound.command("codes", "import", file.toString());
        assertThat(rebound.command("codes", "list", "--origin", "operator"))
                .contains("5.9.8")
                .contains("5.9.9");
        Path bad = Files.writeString(directory.resolve("bad.ndjson"), exported.replace("SPAM_CONTENT", "SPAM"));
        assertThatThrownBy(() -> rebound.command("codes", "import", bad.toString()))
                .hasMessageContaining("line 1")
                .hasMessageContaining("category: SPAM (expected: one of");
    }

    @Test
    void eventsAreCountedOnceOverRestarts() throws Exception {
        rebound.start();
        int events = 600;
        for (int i = 0; i < events; i++) {
            rebound.send(bounce("e" + i)
                    .setRecipient("r" + i % 97 + "@d" + i % 7 + ".example")
                    .setReply(i % 3 == 0 ? "452 4.2.2 full" : "550 5.1.1 unknown")
                    .build());
            if (i % 200 == 150) {
                rebound.stop();
                rebound.start();
            }
        }
        rebound.awaitCounted(events);
        rebound.stop();
        List<String> all = IntStream.range(0, events).mapToObj(i -> "e" + i).toList();
        assertThat(routedIds()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rebound.countedByAll())
                .hasSize(6)
                .allSatisfy((statistics, sum) -> assertThat(sum).as(statistics).isEqualTo(events));
    }

    /** Each partition counts domains beyond the most in rows of its own, and none of them hides another one's. */
    @Test
    void domainsBeyondTheMostAreCountedTogether(RunningStack stack) throws Exception {
        try (TestCluster few = new TestCluster(
                stack, Files.createDirectories(directory.resolve("few")), Map.of("rebound.stats.domains.max", "3"))) {
            few.start();
            int events = 120;
            for (int i = 0; i < events; i++) {
                few.send(bounce("e" + i)
                        .setRecipient("r@d" + i % 40 + ".example")
                        .setReply("550 5.1.1 unknown")
                        .build());
            }
            few.awaitCounted(events);

            assertThat(few.countedByAll()).hasSize(6).allSatisfy((statistics, sum) -> assertThat(sum)
                    .as(statistics)
                    .isEqualTo(events));
            assertThat(few.stats().keySet().stream().filter(key -> key.contains("|P1D|")))
                    .as("a domain and the others in each of three partitions")
                    .hasSize(6);
        }
    }

    @Test
    void aDirectoryOfMailsIsReadOnce() throws Exception {
        Path mails = Sample.unpack(directory.resolve("mails"));
        String[] ingest = {
            "ingest",
            "dsn",
            mails.toString(),
            "--ledger",
            directory.resolve("ledger").toString(),
            "--set-aside",
            directory.resolve("aside").toString()
        };
        rebound.start();
        rebound.command(ingest);
        rebound.awaitCounted(5);
        rebound.command(ingest);
        rebound.send(bounce("after").setReply("550 5.1.1").build());
        rebound.awaitCounted(6);
        assertThat(rebound.routed()).isEqualTo(6);
        assertThat(directory.resolve("aside").resolve("index.tsv")).exists();
    }
}
