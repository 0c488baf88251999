package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ReboundTopologyTest {

    @Test
    void eachOutcomeHasItsTopic() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setOutcome(Outcome.DELIVERED).setReply("250 2.0.0 OK"));
            rebound.send(bounce().setOutcome(Outcome.DEFERRED).setReply("451 4.7.1 try later"));
            rebound.send(bounce().setOutcome(Outcome.COMPLAINED));
            rebound.send(bounce().setOutcome(Outcome.SUPPRESSED));
            rebound.send(bounce().setReply("550 5.1.1 no such user"));
            rebound.send(bounce().setReply("452 4.2.2 mailbox full"));
            rebound.send(bounce().setOutcome(Outcome.EXPIRED).setStatus("4.4.7"));

            assertThat(rebound.classified(rebound.topics.deliveries())).hasSize(1);
            assertThat(rebound.classified(rebound.topics.deferrals())).hasSize(1);
            assertThat(rebound.classified(rebound.topics.complaints())).hasSize(1);
            assertThat(rebound.classified(rebound.topics.notAttempted())).hasSize(1);
            assertThat(rebound.classified(rebound.topics.bouncesHard()))
                    .extracting(event -> event.getClassification().getCategory())
                    .containsExactly("BAD_MAILBOX");
            assertThat(rebound.classified(rebound.topics.bouncesSoft()))
                    .extracting(event -> event.getClassification().getCategory())
                    .containsExactly("MAILBOX_FULL", "EXPIRED");
            assertThat(rebound.classified(rebound.topics.bouncesUnclassified())).isEmpty();
        }
    }

    @Test
    void bouncesThatNothingExplainsAreCopiedToUnclassified() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setReply("550 go away"));
            assertThat(rebound.classified(rebound.topics.bouncesHard()))
                    .isEqualTo(rebound.classified(rebound.topics.bouncesUnclassified()))
                    .hasSize(1);
        }
    }

    @Test
    void theEventComesOutAsItWentIn() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            var event = bounce().setRecipient("Some.One+Tag@Example.COM")
                    .setReply("550 5.1.1 x")
                    .build();
            rebound.send(event);
            ClassifiedEvent out =
                    rebound.classified(rebound.topics.bouncesHard()).get(0);
            assertThat(out.getEvent()).isEqualTo(event);
            assertThat(out.getClassification().getReceivingDomain()).isEqualTo("example.com");
            assertThat(rebound.records(rebound.topics.bouncesHard()).get(0).key())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("default|some.one+tag@example.com");
        }
    }

    @Test
    void aRecordUnderAnotherKeyIsRekeyed() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.sendRaw(
                    null, rebound.encode(bounce().setReply("550 5.1.1 x").build()));
            rebound.sendRaw(
                    new byte[] {1},
                    rebound.encode(bounce().setReply("550 5.1.1 x").build()));
            assertThat(rebound.records(rebound.topics.bouncesHard())).hasSize(2).allSatisfy(record -> {
                assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("default|someone@example.com");
                assertThat(Coordinates.of(record.headers()).map(Coordinates::topic))
                        .contains(rebound.topics.deliveryEvents().name());
                assertThat(record.headers())
                        .extracting(Header::key)
                        .containsOnly(Coordinates.HEADER, Fingerprint.HEADER);
            });
        }
    }

    @Test
    void aRowOfTheOperatorWinsAndItsWithdrawalRestoresTheSeed() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            Instant noon = ReboundDriver.NOW;
            StatusCodeRevision soft = StatusCodeRevision.newBuilder()
                    .setEffectiveFrom(noon)
                    .setBounceType(BounceType.SOFT)
                    .build();
            StatusCodeRevision withdrawn = StatusCodeRevision.newBuilder()
                    .setEffectiveFrom(noon.plusSeconds(60))
                    .setWithdrawn(true)
                    .build();
            rebound.setCode(new StatusCode("5.2.2", "operator", List.of(soft)));
            rebound.send(bounce().setReply("552 5.2.2 full"));
            rebound.send(bounce().setReply("552 5.2.2 full").setEventTime(noon.minusMillis(1)));
            rebound.setCode(new StatusCode("5.2.2", "operator", List.of(soft, withdrawn)));
            rebound.send(bounce().setReply("552 5.2.2 full").setEventTime(noon.plusSeconds(59)));
            rebound.send(bounce().setReply("552 5.2.2 full").setEventTime(noon.plusSeconds(60)));

            assertThat(rebound.classified(rebound.topics.bouncesSoft()))
                    .extracting(event -> event.getEvent().getEventTime())
                    .containsExactly(noon, noon.plusSeconds(59));
            assertThat(rebound.classified(rebound.topics.bouncesHard()))
                    .extracting(event -> event.getEvent().getEventTime())
                    .containsExactly(noon.minusMillis(1), noon.plusSeconds(60));
        }
    }

    @Test
    void aProvidersRowCountsForTheNextEventAndABrokenOneLeavesItInForce() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setRemoteHost("mx.google.com"));
            rebound.setCode(provider("acme", null));
            rebound.send(bounce().setRemoteHost("mx.google.com"));
            rebound.setCode(provider("unknown", null));
            rebound.send(bounce().setRemoteHost("mx.google.com"));
            assertThat(rebound.codeTable.badRows()).singleElement().satisfies(row -> {
                assertThat(row.key()).isEqualTo("operator/mx:google.com");
                assertThat(row.reason()).startsWith("status-codes provider: unknown (expected: lower case letters");
            });
            rebound.setCode(provider("acme", ReboundDriver.NOW));
            rebound.send(bounce().setRemoteHost("mx.google.com").setEventTime(ReboundDriver.NOW.minusMillis(1)));
            rebound.setCodeRaw("operator/mx:google.com", null);
            rebound.send(bounce().setRemoteHost("mx.google.com"));

            assertThat(rebound.codeTable.badRows()).isEmpty();
            assertThat(rebound.classified(rebound.topics.bouncesSoft()))
                    .extracting(event -> event.getClassification().getProvider())
                    .containsExactly("google", "acme", "acme", "google", "google");
        }
    }

    private static StatusCode provider(String name, Instant from) {
        return new StatusCode(
                "mx:google.com",
                "operator",
                List.of(StatusCodeRevision.newBuilder()
                        .setEffectiveFrom(from)
                        .setProvider(name)
                        .build()));
    }

    @Test
    void aBrokenRowLeavesThePreviousOneInForceAndIsReported() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.setCodeRaw("seed/5.1.1", new byte[] {9, 9});
            rebound.setCodeRaw("iana/5.1.1", rebound.encode(bounce().build()));
            rebound.setCodeRaw("nonsense", new byte[] {0});
            rebound.send(bounce().setReply("550 5.1.1 no such user"));

            assertThat(rebound.classified(rebound.topics.bouncesHard()).get(0).getClassification())
                    .satisfies(classification -> {
                        assertThat(classification.getCategory()).isEqualTo("BAD_MAILBOX");
                        assertThat(classification.getTablePosition())
                                .isEqualTo(rebound.codeTable.current().position());
                    });
            assertThat(rebound.codeTable.badRows())
                    .extracting(LiveCodeTable.BadRow::key)
                    .containsExactly("iana/5.1.1", "nonsense", "seed/5.1.1");
        }
    }

    @Test
    void whatIsNoEventIsADeadLetterWithReasonAndPlace() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.sendRaw(new byte[] {1}, "garbage".getBytes(StandardCharsets.UTF_8));
            rebound.sendRaw(new byte[] {2}, new byte[] {0, 0, 0, 99, 99, 1, 2, 3});
            rebound.sendRaw(new byte[] {3}, null);
            rebound.sendRaw(
                    new byte[] {4}, rebound.encode(bounce().setRecipient("").build()));
            rebound.sendRaw(
                    new byte[] {5}, rebound.encode(bounce().setTenant("a|b").build()));
            rebound.sendRaw(
                    new byte[] {6},
                    rebound.encode(bounce().setOutcome(Outcome.UNKNOWN).build()));
            byte[] cut = rebound.encode(bounce().setReply("550 5.1.1").build());
            rebound.sendRaw(new byte[] {7}, java.util.Arrays.copyOf(cut, cut.length / 2));

            assertThat(rebound.deadLetters())
                    .extracting(rebound::reason)
                    .containsExactly(
                            "NOT_WIRE_FORMAT",
                            "UNKNOWN_SCHEMA",
                            "EMPTY_VALUE",
                            "INVALID_RECIPIENT",
                            "INVALID_TENANT",
                            "UNKNOWN_OUTCOME",
                            "MALFORMED");
            assertThat(rebound.deadLetters().get(0)).satisfies(letter -> {
                assertThat(letter.key()).containsExactly(1);
                assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("garbage");
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                        .isEqualTo("delivery-events");
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.PARTITION))
                        .isEqualTo("0");
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET))
                        .isEqualTo("0");
            });
        }
    }

    @Test
    void hostileLengthsAreDeadLettersAndCostNoMemory() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            byte[] event = rebound.encode(bounce().build());
            byte[] hostile = java.util.Arrays.copyOf(event, 11);
            // A string length of about two thousand million as the first field.
            System.arraycopy(
                    new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0}, 0, hostile, 5, 6);
            rebound.sendRaw(null, hostile);
            assertThat(rebound.deadLetters()).extracting(rebound::reason).containsExactly("MALFORMED");
        }
    }

    @Test
    void aReplyOfAMegabyteIsClassified() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setReply("550 5.1.1 " + "x".repeat(1_000_000)));
            assertThat(rebound.classified(rebound.topics.bouncesHard())).hasSize(1);
        }
    }

    @Test
    void whatWouldBeTooLargeIsADeadLetterWithCoordinatesOnly() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setReply("550 5.1.1 " + "x".repeat(Topics.OUTPUT_MAX_BYTES)));
            rebound.sendRaw(null, new byte[Topics.OUTPUT_MAX_BYTES]);
            assertThat(rebound.deadLetters()).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.key()).isNull();
                assertThat(letter.value()).isNull();
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                        .isEqualTo("delivery-events");
            });
            assertThat(rebound.reason(rebound.deadLetters().get(0))).isEqualTo("OVERSIZE");
        }
    }

    @Test
    void eventTimesOfAnyCenturyAreCountedInTheirWindow() {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (String time : List.of("1970-01-01T00:00:30Z", "2100-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
                rebound.send(bounce().setReply("550 5.1.1").setEventTime(Instant.parse(time)));
            }
            rebound.advanceUntilCounted();
            assertThat(rebound.stats().keySet())
                    .containsExactlyInAnyOrder(
                            "default|example.com|PT1M|1970-01-01T00:00:00Z",
                            "default|example.com|PT1M|2100-01-01T00:00:00Z",
                            "default|example.com|PT1M|1969-12-31T23:59:00Z",
                            "default|example.com|PT1H|1970-01-01T00:00:00Z",
                            "default|example.com|PT1H|2100-01-01T00:00:00Z",
                            "default|example.com|PT1H|1969-12-31T23:00:00Z",
                            "default|example.com|P1D|1970-01-01T00:00:00Z",
                            "default|example.com|P1D|2100-01-01T00:00:00Z",
                            "default|example.com|P1D|1969-12-31T00:00:00Z");
        }
    }

    @Test
    void outputsCarryArrivalTimeAndNoneThatBrokersOrStreamsRefuse() {
        long before = System.currentTimeMillis();
        Instant arrival = Instant.parse("2026-03-01T12:00:00Z");
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            byte[] value = rebound.encode(bounce().setReply("550 5.1.1").build());
            byte[] key = "default|someone@example.com".getBytes(StandardCharsets.UTF_8);
            rebound.sendRaw(new TestRecord<>(key, value, arrival));
            rebound.sendRaw(new TestRecord<>(key, value, Instant.parse("2100-01-01T00:00:00Z")));
            List<TestRecord<byte[], byte[]>> written = rebound.records(rebound.topics.bouncesHard());
            assertThat(written.get(0).timestamp()).isEqualTo(arrival.toEpochMilli());
            assertThat(written.get(1).timestamp()).isBetween(before, System.currentTimeMillis());
        }
    }
}
