package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final DomainWindow WINDOW =
            new DomainWindow("default", "example.com", Duration.ofMinutes(1), Instant.EPOCH);

    private static DeliveryEvent event(Outcome outcome, String reply) {
        return AnyEvents.plain().setOutcome(outcome).setReply(reply).build();
    }

    private static Counts of(DeliveryEvent... events) {
        return of(List.of(events));
    }

    private static Counts of(List<DeliveryEvent> events) {
        Counts counts = new Counts();
        events.forEach(event -> counts.add(event, Classifier.classify(event, ShippedCodes.table())));
        return counts;
    }

    private static DomainStats stats(Counts counts) {
        return counts.toStats(WINDOW, 0);
    }

    @Test
    void eachOutcomeIsCountedInItsPlace() {
        Counts counts = of(
                event(Outcome.DELIVERED, "250 2.0.0 OK"),
                event(Outcome.DEFERRED, "452 4.2.2 full"),
                event(Outcome.BOUNCED, "550 5.1.1 no such user"),
                event(Outcome.BOUNCED, "550 what"),
                event(Outcome.BOUNCED, "452 4.2.2 full"),
                event(Outcome.EXPIRED, null),
                event(Outcome.EXPIRED, "550 5.1.1 no such user"),
                event(Outcome.COMPLAINED, null),
                event(Outcome.SUPPRESSED, null));

        assertThat(counts.toStats(WINDOW, 3))
                .isEqualTo(DomainStats.newBuilder()
                        .setTenant("default")
                        .setDomain("example.com")
                        .setWindowSize("PT1M")
                        .setWindowStart(Instant.EPOCH)
                        .setPart(3)
                        .setDelivered(1)
                        .setDeferred(1)
                        .setSoft(2)
                        .setHard(3)
                        .setComplained(1)
                        .setNotAttempted(1)
                        .setUnclassified(1)
                        .setExpired(2)
                        .setCategories(Map.of(
                                "MAILBOX_FULL", 2L,
                                "BAD_MAILBOX", 2L,
                                "UNDETERMINED", 1L,
                                "EXPIRED", 1L,
                                "COMPLAINT", 1L,
                                "LOCAL_REJECTED", 1L))
                        .build());
    }

    @Test
    void anEventWithoutOutcomeIsNotCounted() {
        assertThatThrownBy(() -> of(event(Outcome.UNKNOWN, null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void countsComeBackFromTheirCompactForm(@ForAll("events") List<DeliveryEvent> events) {
        Counts counts = of(events);

        assertThat(stats(Counts.fromBytes(counts.toBytes()))).isEqualTo(stats(counts));
        assertThat(ReboundDriver.total(stats(counts))).isEqualTo(events.size());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void sumsDoNotDependOnHowEventsAreSplit(
            @ForAll("events") List<DeliveryEvent> some, @ForAll("events") List<DeliveryEvent> others) {
        Counts sum = of(some);
        sum.add(of(others));
        Counts together = of(others);
        some.forEach(event -> together.add(event, Classifier.classify(event, ShippedCodes.table())));

        assertThat(stats(sum)).isEqualTo(stats(together));
    }

    /** State outlives releases: a counter added later must not make old rows unreadable, nor the other way round. */
    @Test
    void rowsWithFewerOrMoreCountersRead() {
        byte[] bytes = of(event(Outcome.DELIVERED, null), event(Outcome.COMPLAINED, null))
                .toBytes();
        int counters = bytes[1];

        byte[] fewer = ByteBuffer.allocate(bytes.length - Long.BYTES)
                .put(bytes, 0, 1)
                .put((byte) (counters - 1))
                .put(bytes, 2, (counters - 1) * Long.BYTES)
                .put(bytes, 2 + counters * Long.BYTES, bytes.length - 2 - counters * Long.BYTES)
                .array();
        byte[] more = ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes, 0, 1)
                .put((byte) (counters + 1))
                .put(bytes, 2, counters * Long.BYTES)
                .putLong(77)
                .put(bytes, 2 + counters * Long.BYTES, bytes.length - 2 - counters * Long.BYTES)
                .array();

        assertThat(stats(Counts.fromBytes(fewer))).isEqualTo(stats(Counts.fromBytes(bytes)));
        assertThat(stats(Counts.fromBytes(more))).isEqualTo(stats(Counts.fromBytes(bytes)));
    }

    /** The form that running instances hold; another one needs another version byte and a reader for this one. */
    @Test
    void theCompactFormIsWhatItWas() {
        byte[] bytes = of(event(Outcome.COMPLAINED, null)).toBytes();

        assertThat(bytes)
                .hasSize(1 + 1 + 8 * 8 + 2 + 2 + "COMPLAINT".length() + 8)
                .startsWith(1, 8);
        assertThat(ByteBuffer.wrap(bytes, 2 + 4 * 8, 8).getLong())
                .as("the fifth counter")
                .isEqualTo(1);
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> Counts.fromBytes(new byte[] {2, 0, 0, 0}))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("counts have version 2 (expected: 1)");
    }

    @Provide
    Arbitrary<List<DeliveryEvent>> events() {
        return AnyEvents.events()
                .filter(event -> event.getOutcome() != Outcome.UNKNOWN)
                .list()
                .ofMaxSize(20);
    }
}
