package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A fault can abort a transaction and revive the task in place: the stores go back to the last commit, and the same processors are
 * opened again with whatever they have in memory. And tasks of other partitions than the first.
 */
class RevivedStatisticsTest {

    private static final StatisticsSettings SETTINGS = ReboundDriver.statistics(8);

    private static DeliveryEvent event(String domain) {
        return AnyEvents.plain()
                .setTenant("default")
                .setRecipient("someone@" + domain)
                .setOutcome(Outcome.DELIVERED)
                .build();
    }

    private static ProcessorUnderTest<byte[], Signal, byte[], byte[]> folding() {
        return new ProcessorUnderTest<>(FoldEvents.supplier(Duration.ofSeconds(1), 1), 0);
    }

    private static Classified classified(DeliveryEvent event) {
        Classification classification = Classifier.classify(event, ShippedCodes.table());
        return new Classified(event, classification, null);
    }

    private static void send(ProcessorUnderTest<byte[], Signal, byte[], byte[]> fold) {
        fold.process(new byte[] {1}, classified(event("example.com")));
    }

    /** Deliveries by subject in what was passed on. */
    private static Map<String, Long> folded(ProcessorUnderTest<byte[], Signal, byte[], byte[]> fold) {
        Map<String, Long> attempts = new TreeMap<>();
        fold.forwarded()
                .forEach(record -> attempts.merge(
                        RowKey.parse(record.key()).subject().name(),
                        Sums.parse(record.value()).counts().attempts(),
                        Long::sum));
        return attempts;
    }

    @Test
    void whatWasFoldedBehindTheLastCommitIsFoldedOnceMore() {
        try (var fold = folding()) {
            send(fold);
            send(fold);
            fold.commit();
            send(fold);
            fold.revive();
            send(fold);
            fold.punctuate();

            assertThat(folded(fold)).isEqualTo(Map.of("example.com", 3L, "unknown", 3L));
        }
    }

    /** Of three commits the second finds nothing changed of one domain. */
    @Test
    void eachDomainGoesOnFromTheLastCommitThatFoundItChanged() {
        try (var fold = folding()) {
            DeliveryEvent other = event("example.org");
            send(fold);
            fold.process(new byte[] {1}, classified(other));
            fold.commit();
            send(fold);
            fold.commit();
            send(fold);
            fold.process(new byte[] {1}, classified(other));
            fold.revive();
            fold.process(new byte[] {1}, classified(other));
            fold.punctuate();

            assertThat(folded(fold)).isEqualTo(Map.of("example.com", 2L, "example.org", 2L, "unknown", 4L));
        }
    }

    @Test
    void whatWasPassedOnBehindTheLastCommitIsPassedOnOnceMore() {
        try (var fold = folding()) {
            send(fold);
            fold.commit();
            send(fold);
            fold.punctuate();
            fold.revive();
            send(fold);
            fold.punctuate();
            assertThat(folded(fold)).isEqualTo(Map.of("example.com", 2L, "unknown", 2L));
            fold.commit();
            fold.revive();
            fold.punctuate();
            assertThat(folded(fold)).as("all was passed on").isEmpty();
        }
    }

    /** However long nobody flushes, the memory is bounded. */
    @Test
    void manyEventsArePassedOnBeforeTheirTime() {
        try (var fold = folding()) {
            for (int i = 0; i < 100_000; i++) {
                send(fold);
            }
            assertThat(folded(fold)).isEqualTo(Map.of("example.com", 100_000L, "unknown", 100_000L));
        }
    }

    @Test
    void whoGetsMailOfTwoTenantsIsOneRecipient() {
        try (var fold = folding()) {
            for (String tenant : List.of("one", "two")) {
                DeliveryEvent event = DeliveryEvent.newBuilder(event("example.com"))
                        .setTenant(tenant)
                        .build();
                fold.process((tenant + "|kim@example.com").getBytes(StandardCharsets.UTF_8), classified(event));
            }
            fold.punctuate();
            Details both = new Details();
            fold.forwarded()
                    .forEach(record -> both.add(Sums.parse(record.value()).details()));
            assertThat(both.recipients().count()).isEqualTo(1);
        }
    }

    @Test
    void longRepliesArePassedOnBeforeTheirTime() {
        try (var fold = folding()) {
            DeliveryEvent event = DeliveryEvent.newBuilder(event("example.com"))
                    .setOutcome(Outcome.DEFERRED)
                    .setReply("450 " + "1234567890".repeat(90))
                    .build();
            for (int i = 0; i < 10_000; i++) {
                fold.process(new byte[] {1}, classified(event));
            }
            assertThat(folded(fold).get("example.com")).isBetween(8_000L, 10_000L);
        }
    }

    private static ProcessorUnderTest<byte[], byte[], String, StatisticsRow> addingUp(int partition) {
        return new ProcessorUnderTest<>(
                AddUpStatistics.supplier(SETTINGS, 4, () -> new Fingerprint("test", CodeTable::empty)), partition);
    }

    private static void send(ProcessorUnderTest<byte[], byte[], String, StatisticsRow> add, String domain) {
        DeliveryEvent event = event(domain);
        Sums sums = new Sums();
        sums.add(Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[] {1}));
        RowKey minute = RowKey.around(
                Subject.domain("default", domain),
                WindowSize.MINUTE,
                event.getEventTime().toEpochMilli());
        add.process(minute.bytes(), sums.bytes());
    }

    /** The last number of deliveries by the keys in the topic. */
    private static Map<String, Long> told(ProcessorUnderTest<byte[], byte[], String, StatisticsRow> add) {
        Map<String, Long> attempts = new TreeMap<>();
        add.forwarded()
                .forEach(record ->
                        attempts.put(record.key(), record.value().counts().attempts()));
        return attempts;
    }

    @Test
    void whatWasGatheredBehindTheLastCommitIsGatheredOnceMore() {
        try (var add = addingUp(0)) {
            send(add, "example.com");
            add.commit();
            send(add, "example.com");
            add.revive();
            send(add, "example.com");
            send(add, "example.com");
            add.punctuate();

            assertThat(told(add))
                    .isEqualTo(Map.of(
                            "default|example.com|PT1M|2026-03-01T12:00:00Z", 3L,
                            "default|example.com|PT1H|2026-03-01T12:00:00Z", 3L,
                            "default|example.com|P1D|2026-03-01T00:00:00Z", 3L));
        }
    }

    @Test
    void whatWasRolledUpBehindTheLastCommitIsRolledUpOnceMore() {
        try (var add = addingUp(0)) {
            send(add, "example.com");
            add.commit();
            add.punctuate();
            add.revive();
            add.punctuate();
            assertThat(told(add))
                    .isEqualTo(Map.of(
                            "default|example.com|PT1M|2026-03-01T12:00:00Z", 1L,
                            "default|example.com|PT1H|2026-03-01T12:00:00Z", 1L,
                            "default|example.com|P1D|2026-03-01T00:00:00Z", 1L));
            add.commit();
            add.revive();
            add.punctuate();
            assertThat(told(add)).as("all was rolled up").isEmpty();
        }
    }

    @Test
    void manyMinutesAreRolledUpBeforeTheirTime() {
        try (var add = addingUp(0)) {
            for (int i = 0; i < 4_999; i++) {
                send(add, i + ".example");
                send(add, i + ".example");
            }
            assertThat(told(add)).isEmpty();
            send(add, "last.example");
            assertThat(told(add)).containsEntry("default|(other)|P1D|2026-03-01T00:00:00Z", 2 * 4_997L + 1);
        }
    }

    /** Two of eight domains have rows of their own in each of four partitions; readers add what the partitions have of the others. */
    @Test
    void othersOfEachPartitionHaveKeysOfTheirOwn() {
        try (var first = addingUp(0);
                var third = addingUp(2)) {
            for (String domain : new String[] {"a.example", "b.example", "c.example", "d.example"}) {
                send(first, domain);
                send(third, "third." + domain);
            }
            first.punctuate();
            third.punctuate();
            assertThat(minutes(first))
                    .containsExactlyInAnyOrder(
                            "default|a.example|PT1M|2026-03-01T12:00:00Z",
                            "default|b.example|PT1M|2026-03-01T12:00:00Z",
                            "default|(other)|PT1M|2026-03-01T12:00:00Z");
            assertThat(minutes(third))
                    .containsExactlyInAnyOrder(
                            "default|third.a.example|PT1M|2026-03-01T12:00:00Z",
                            "default|third.b.example|PT1M|2026-03-01T12:00:00Z",
                            "default|(other)|PT1M|2026-03-01T12:00:00Z|2");
        }
    }

    private static List<String> minutes(ProcessorUnderTest<byte[], byte[], String, StatisticsRow> add) {
        return told(add).keySet().stream().filter(key -> key.contains("|PT1M|")).toList();
    }
}
