package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.event.EventKey;
import dev.rebound.schema.DeliveryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** An event read is an event accounted for, whatever arrives; the driver asserts the sums when it is closed. */
class AccountedForTest {

    /** What a producer may do with one record. */
    private enum Kind {
        PROPER,
        WRONG_KEY,
        NO_KEY,
        DAMAGED,
        GARBAGE,
        NULL,
        OVERSIZE,
        ALMOST_OVERSIZE
    }

    /**
     * One record to be sent.
     *
     * @param kind what is done to the event
     * @param event the event
     * @param bytes what does the damage, or stands instead
     * @param header whether a header comes along that looks like Rebound's own
     * @param pause whether time passes behind it
     */
    private record Sent(Kind kind, DeliveryEvent event, byte[] bytes, boolean header, boolean pause) {}

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void everyRecordIsRoutedOnceAndCountedOrADeadLetterWithAReason(@ForAll("records") List<Sent> records) {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (Sent sent : records) {
                rebound.sendRaw(record(rebound, sent));
                if (sent.pause()) {
                    rebound.advance(Duration.ofSeconds(2));
                }
            }

            assertThat(rebound.deadLetters()).allSatisfy(letter -> {
                assertThat(rebound.reason(letter)).isNotBlank();
                for (String name :
                        List.of(DeadLetter.DETAIL, DeadLetter.TOPIC, DeadLetter.PARTITION, DeadLetter.OFFSET)) {
                    assertThat(DeadLetter.header(letter.headers(), name)).isNotBlank();
                }
            });
            assertThat(rebound.deadLetters())
                    .extracting(letter -> DeadLetter.header(letter.headers(), DeadLetter.OFFSET))
                    .as("each record at most once")
                    .doesNotHaveDuplicates();
            for (Topics.Spec topic : rebound.outcomeTopics()) {
                assertWritable(rebound.records(topic));
            }
            assertWritable(rebound.deadLetters());
        }
    }

    /** A broker that refuses one record as too large blocks everything behind it; the test driver takes any size. */
    private static void assertWritable(List<TestRecord<byte[], byte[]>> records) {
        assertThat(records)
                .allSatisfy(record -> assertThat(RecordSize.fits(record.key(), record.value(), record.headers()))
                        .isTrue());
    }

    private static TestRecord<byte[], byte[]> record(ReboundDriver rebound, Sent sent) {
        RecordHeaders headers = new RecordHeaders();
        if (sent.header()) {
            headers.add(Coordinates.HEADER, sent.bytes());
            headers.add(Fingerprint.HEADER, null);
            headers.add("rebound.dlq.reason", sent.bytes());
        }
        return new TestRecord<>(key(sent), value(rebound, sent), headers, ReboundDriver.NOW);
    }

    private static byte[] key(Sent sent) {
        if (sent.kind() == Kind.NO_KEY) {
            return null;
        }
        if (sent.kind() == Kind.WRONG_KEY) {
            return sent.bytes();
        }
        try {
            return EventKey.of(sent.event());
        } catch (EventKey.InvalidEventException e) {
            return "default|nobody".getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] value(ReboundDriver rebound, Sent sent) {
        byte[] proper = rebound.encode(sent.event());
        return switch (sent.kind()) {
            case PROPER, WRONG_KEY, NO_KEY -> proper;
            case NULL -> null;
            case GARBAGE -> sent.bytes();
            case DAMAGED -> {
                for (int i = 0; i < sent.bytes().length; i++) {
                    proper[(i * 31 + Byte.toUnsignedInt(sent.bytes()[i])) % proper.length] ^= sent.bytes()[i];
                }
                yield proper;
            }
            case OVERSIZE -> rebound.encode(withReplyOf(sent.event(), Topics.OUTPUT_MAX_BYTES));
            case ALMOST_OVERSIZE -> rebound.encode(withReplyOf(sent.event(), Topics.OUTPUT_MAX_BYTES - 700));
        };
    }

    private static DeliveryEvent withReplyOf(DeliveryEvent event, int length) {
        return DeliveryEvent.newBuilder(event).setReply("x".repeat(length)).build();
    }

    @Provide
    Arbitrary<List<Sent>> records() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(12, Kind.PROPER),
                                Tuple.of(4, Kind.WRONG_KEY),
                                Tuple.of(2, Kind.NO_KEY),
                                Tuple.of(6, Kind.DAMAGED),
                                Tuple.of(3, Kind.GARBAGE),
                                Tuple.of(1, Kind.NULL),
                                Tuple.of(1, Kind.OVERSIZE),
                                Tuple.of(1, Kind.ALMOST_OVERSIZE)),
                        deliveryEvents(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(12),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false, false))
                .as(Sent::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    /** Mostly with recipients and tenants that can be processed: others end before they are classified. */
    private static Arbitrary<DeliveryEvent> deliveryEvents() {
        Arbitrary<String> recipients = Arbitraries.frequencyOf(
                Tuple.of(1, AnyEvents.texts()),
                Tuple.of(
                        6,
                        Arbitraries.of(
                                "a@example.com",
                                "B.b+x@Example.COM",
                                "a|b@example.org",
                                "ü@bücher.example",
                                "a@[192.0.2.1]")));
        Arbitrary<String> tenants = Arbitraries.of("default", "default", "default", "acme", "ten ant", "");
        return Combinators.combine(AnyEvents.events(), recipients, tenants)
                .as((event, recipient, tenant) -> DeliveryEvent.newBuilder(event)
                        .setRecipient(recipient)
                        .setTenant(tenant)
                        .build());
    }
}
