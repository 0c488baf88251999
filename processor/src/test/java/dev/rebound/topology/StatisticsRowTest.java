package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ProviderStats;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class StatisticsRowTest {

    /** Each counter has a number of its own, so that none can stand in another one's place. */
    private static Sums sums() {
        Sums sums = new Sums();
        add(sums, 100, AnyEvents.plain().setOutcome(Outcome.DELIVERED).setReply("250 ok"));
        add(sums, 21, AnyEvents.plain().setOutcome(Outcome.DEFERRED).setReply("452 4.2.2 full"));
        add(sums, 2, AnyEvents.plain().setOutcome(Outcome.BOUNCED).setReply("452 4.2.2 full"));
        add(sums, 3, AnyEvents.plain().setOutcome(Outcome.BOUNCED).setReply("550 5.1.1 no such user"));
        add(sums, 4, AnyEvents.plain().setOutcome(Outcome.COMPLAINED));
        add(sums, 5, AnyEvents.plain().setOutcome(Outcome.SUPPRESSED));
        add(sums, 6, AnyEvents.plain().setOutcome(Outcome.BOUNCED).setReply("550 what"));
        add(sums, 7, AnyEvents.plain().setOutcome(Outcome.EXPIRED));
        add(
                sums,
                8,
                AnyEvents.plain()
                        .setOutcome(Outcome.BOUNCED)
                        .setAsynchronous(true)
                        .setReply("554 5.7.1 message refused as spam"));
        return sums;
    }

    private static void add(Sums sums, int times, DeliveryEvent.Builder builder) {
        DeliveryEvent event = builder.setTenant("acme")
                .setRemoteHost("aspmx.l.google.com")
                .setQueuedAt(AnyEvents.plain().getEventTime().minusSeconds(10))
                .setAttempt(1)
                .build();
        for (int i = 0; i < times; i++) {
            sums.add(Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[] {(byte) i}));
        }
    }

    private static StatisticsRow row(Subject subject, WindowSize size, int part) {
        Sums sums = sums();
        return new StatisticsRow(
                RowKey.around(subject, size, Instant.EPOCH.toEpochMilli()),
                part,
                sums.counts(),
                size == WindowSize.MINUTE ? null : sums.details());
    }

    @Test
    void aRowOfADomainSaysAllThatIsCounted() {
        assertThat(row(Subject.domain("acme", "example.com"), WindowSize.MINUTE, 3)
                        .domainStats())
                .isEqualTo(DomainStats.newBuilder()
                        .setTenant("acme")
                        .setDomain("example.com")
                        .setProvider("google")
                        .setWindowSize("PT1M")
                        .setWindowStart(Instant.EPOCH)
                        .setPart(3)
                        .setDelivered(100)
                        .setDeferred(21)
                        .setSoft(2 + 7)
                        .setHard(3 + 6 + 8)
                        .setComplained(4)
                        .setNotAttempted(5)
                        .setUnclassified(6)
                        .setExpired(7)
                        .setAsynchronous(8)
                        .setBlocked(8)
                        .setCategories(Map.of(
                                "MAILBOX_FULL", 23L,
                                "BAD_MAILBOX", 3L,
                                "UNDETERMINED", 6L,
                                "EXPIRED", 7L,
                                "SPAM_CONTENT", 8L,
                                "COMPLAINT", 4L,
                                "LOCAL_REJECTED", 5L))
                        .build());
    }

    @Test
    void hoursHaveDetails() {
        DomainStats stats =
                row(Subject.domain("acme", "example.com"), WindowSize.HOUR, 0).domainStats();

        assertThat(stats.getRecipients()).isEqualTo(100);
        assertThat(stats.getTimeToDeliver().getCount()).isEqualTo(100);
        assertThat(stats.getTimeToDeliver().getP99()).isBetween(9.8, 10.2);
        assertThat(stats.getAttemptsPerMessage().getCount())
                .as("deliveries, and bounces that were not accepted before")
                .isEqualTo(100 + 2 + 3 + 6 + 7);
    }

    @Test
    void whatIsNotKnownIsNull() {
        StatisticsRow row = new StatisticsRow(
                RowKey.around(Subject.domain("acme", "example.com"), WindowSize.DAY, 0),
                0,
                new Sums().counts(),
                new Sums().details());

        assertThat(row.domainStats().getTimeToDeliver()).isNull();
        assertThat(row.domainStats().getAttemptsPerMessage()).isNull();
        assertThat(row.domainStats().getRecipients()).isZero();
        assertThat(row.domainStats().getProvider()).isNull();
    }

    /** Both kinds of rows say the same of the same sums. */
    @Test
    void aRowOfAProviderSaysWhatOneOfADomainDoes() {
        for (WindowSize size : WindowSize.values()) {
            ProviderStats provider =
                    row(Subject.provider("acme", "google"), size, 3).providerStats();
            DomainStats domain =
                    row(Subject.domain("acme", "example.com"), size, 3).domainStats();
            assertThat(provider.getProvider()).isEqualTo("google");
            for (Schema.Field field : ProviderStats.getClassSchema().getFields()) {
                assertThat(provider.get(field.pos())).as(field.name()).isEqualTo(domain.get(field.name()));
            }
        }
    }

    @Test
    void partsAboveTheFirstHaveKeysOfTheirOwn() {
        Subject subject = Subject.provider("acme", null);

        assertThat(row(subject, WindowSize.DAY, 0).recordKey()).isEqualTo("acme|unknown|P1D|1970-01-01T00:00:00Z");
        assertThat(row(subject, WindowSize.DAY, 2).recordKey()).isEqualTo("acme|unknown|P1D|1970-01-01T00:00:00Z|2");
    }
}
