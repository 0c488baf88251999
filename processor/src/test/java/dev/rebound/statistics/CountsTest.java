package dev.rebound.statistics;

import static dev.rebound.statistics.AnyFacts.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.statistics.Counts.Counter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static Fact fact(Outcome outcome, String reply) {
        return fact(AnyEvents.plain().setTenant("default").setOutcome(outcome).setReply(reply));
    }

    private static Fact fact(DeliveryEvent.Builder builder) {
        DeliveryEvent event = builder.build();
        return Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[] {1});
    }

    private static Counts of(Fact... facts) {
        return of(List.of(facts));
    }

    private static Counts of(List<Fact> facts) {
        Counts counts = new Counts();
        facts.forEach(counts::add);
        return counts;
    }

    private static Map<Counter, Long> counters(Counts counts) {
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            counters.put(counter, counts.get(counter));
        }
        return counters;
    }

    @Test
    void rowsThatAreAddedUpForReadingLoseNoCode() {
        Counts sum = Counts.ofMany();
        for (int row = 0; row < 3; row++) {
            Counts counts = new Counts();
            for (int code = 0; code < 100; code++) {
                counts.add(AnyFacts.deferral("450 no")
                        .code("4." + row + '.' + code)
                        .fact());
            }
            sum.add(Counts.parse(counts.bytes()));
        }
        assertThat(sum.codes()).hasSize(300).doesNotContainKey(Counts.OTHER_CODES);
    }

    @Test
    void eachOutcomeIsCountedInItsPlace() {
        Counts counts = of(
                fact(Outcome.DELIVERED, "250 2.0.0 OK"),
                fact(Outcome.DEFERRED, "452 4.2.2 full"),
                fact(Outcome.DEFERRED, "421 4.7.0 too many messages from your host"),
                fact(Outcome.BOUNCED, "550 5.1.1 no such user"),
                fact(Outcome.BOUNCED, "550 what"),
                fact(Outcome.BOUNCED, "452 4.2.2 full"),
                fact(Outcome.EXPIRED, null),
                fact(Outcome.EXPIRED, "550 5.1.1 no such user"),
                fact(AnyEvents.plain()
                        .setTenant("default")
                        .setOutcome(Outcome.BOUNCED)
                        .setAsynchronous(true)
                        .setReply("554 5.7.1 message refused as spam")),
                fact(Outcome.COMPLAINED, null),
                fact(Outcome.SUPPRESSED, null));

        assertThat(counters(counts))
                .isEqualTo(Map.of(
                        Counter.DELIVERED, 1L,
                        Counter.DEFERRED, 2L,
                        Counter.SOFT, 2L,
                        Counter.HARD, 4L,
                        Counter.COMPLAINED, 1L,
                        Counter.NOT_ATTEMPTED, 1L,
                        Counter.UNCLASSIFIED, 1L,
                        Counter.EXPIRED, 2L,
                        Counter.ASYNCHRONOUS, 1L,
                        Counter.BLOCKED, 2L));
        assertThat(counts.attempts()).isEqualTo(11);
        assertThat(counts.failed()).isEqualTo(9);
        assertThat(counts.messages())
                .as("what bounced behind its acceptance ended once")
                .isEqualTo(6);
        assertThat(counts.categories())
                .isEqualTo(Map.of(
                        "MAILBOX_FULL", 2L,
                        "RATE_LIMITED", 1L,
                        "BAD_MAILBOX", 2L,
                        "UNDETERMINED", 1L,
                        "EXPIRED", 1L,
                        "SPAM_CONTENT", 1L,
                        "COMPLAINT", 1L,
                        "LOCAL_REJECTED", 1L));
        assertThat(counts.codes()).isEqualTo(Map.of("4.2.2", 2L, "4.7.0", 1L, "5.1.1", 2L, "550", 1L, "5.7.1", 1L));
        assertThat(counts.scopes()).containsEntry(Scope.RECIPIENT, 5L).containsEntry(Scope.CONTENT, 1L);
        assertThat(counts.topCategory()).as("the first of equals").isEqualTo("BAD_MAILBOX");
        assertThat(counts.latest()).isEqualTo(AnyFacts.NOON.toEpochMilli());
    }

    @Test
    void anEventWithoutOutcomeIsNotCounted() {
        Fact fact =
                delivery().of(Outcome.UNKNOWN, BounceType.NONE, "UNDETERMINED").fact();

        assertThatThrownBy(() -> of(fact)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProviderIsThatOfMostEvents() {
        Counts counts = new Counts();
        assertThat(counts.provider()).isNull();
        counts.add(fact(AnyEvents.plain().setTenant("default").setRemoteHost("mx.example.com")));
        assertThat(counts.provider()).as("not recognised").isNull();
        counts.add(fact(AnyEvents.plain().setTenant("default").setRemoteHost("gmail-smtp-in.l.google.com")));
        assertThat(counts.provider()).isEqualTo("google");
        assertThat(counts.providers()).isEqualTo(Map.of("google", 1L));
    }

    /** Codes come from replies, and who writes replies can make codes up. */
    @Test
    void codesBeyondManyAreCountedTogether() {
        Counts counts = new Counts();
        for (int i = 0; i < 300; i++) {
            counts.add(AnyFacts.deferral("x").code("4.9." + i).fact());
        }
        Counts twice = Counts.parse(counts.bytes());
        twice.add(counts);

        assertThat(counts.codes()).hasSize(101).containsEntry(Counts.OTHER_CODES, 200L);
        assertThat(twice.codes()).hasSize(101).containsEntry(Counts.OTHER_CODES, 400L);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void countsComeBackFromTheirCompactForm(@ForAll("facts") List<Fact> facts) {
        Counts counts = of(facts);
        Counts back = Counts.parse(counts.bytes());

        assertThat(back.bytes()).isEqualTo(counts.bytes());
        assertThat(counters(back)).isEqualTo(counters(counts));
        assertThat(back.categories()).isEqualTo(counts.categories());
        assertThat(back.codes()).isEqualTo(counts.codes());
        assertThat(back.providers()).isEqualTo(counts.providers());
        assertThat(back.latest()).isEqualTo(counts.latest());
        assertThat(counts.attempts()).isEqualTo(facts.size());
    }

    /** State outlives releases: a counter added later must not make old rows unreadable, nor the other way round. */
    @Test
    void rowsWithFewerOrMoreCountersRead() {
        Counts counts = of(delivery().fact(), AnyFacts.deferral("421 later").fact());
        byte[] bytes = counts.bytes();
        int counters = bytes[1];
        byte[] behind = Arrays.copyOfRange(bytes, 2 + counters, bytes.length);

        assertThat(counts.get(Counter.BLOCKED)).as("the last counter").isEqualTo(1);
        Counts fewer = Counts.parse(
                join(new byte[] {bytes[0], (byte) (counters - 1)}, Arrays.copyOfRange(bytes, 2, 1 + counters), behind));
        Counts more = Counts.parse(join(
                new byte[] {bytes[0], (byte) (counters + 1)},
                Arrays.copyOfRange(bytes, 2, 2 + counters),
                new byte[] {77},
                behind));

        assertThat(more.bytes()).isEqualTo(bytes);
        assertThat(fewer.get(Counter.BLOCKED)).isZero();
        assertThat(fewer.get(Counter.DEFERRED)).isEqualTo(1);
        assertThat(fewer.codes()).isEqualTo(counts.codes());
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** The form that running instances hold; another one needs another version byte and a reader for this one. */
    @Test
    void theCompactFormIsWhatItWas() {
        byte[] bytes = of(fact(Outcome.COMPLAINED, null)).bytes();

        assertThat(bytes)
                .hasSize(1 + 1 + 10 + 8 + 1 + (1 + "COMPLAINT".length() + 1) + 1 + 1)
                .startsWith(1, 10, 0, 0, 0, 0, 1, 0);
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> Counts.parse(new byte[] {2, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts have version 2 (expected: 1)");
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        return AnyFacts.facts().list().ofMaxSize(20);
    }
}
