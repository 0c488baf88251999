package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events say what. */
class ItemsTest {

    private static final long ARRIVAL = Long.MAX_VALUE;

    private static Optional<Item> item(DeliveryEvent.Builder event, Classification classification) {
        return Items.of(event.build(), classification, new Items.Source("delivery-events", 3, 42, ARRIVAL));
    }

    private static Evidence evidence(DeliveryEvent.Builder event) {
        return (Evidence) item(event, classified("MAILBOX_FULL")).orElseThrow();
    }

    private static DeliveryEvent.Builder event() {
        return AnyEvents.plain().setAsynchronous(false);
    }

    private static Classification classified(String category) {
        return Classification.newBuilder()
                .setStatusClass(4)
                .setBounceType(BounceType.SOFT)
                .setCategory(category)
                .setScope(Categories.shipped()
                        .byName(category)
                        .map(Category::scope)
                        .orElse(Scope.UNKNOWN))
                .setRecipientGone(false)
                .setConfidence(Confidence.HIGH)
                .setEnhancedCode("4.2.2")
                .setBasicCode("452")
                .setLayer(Layer.EXACT)
                .setTablePosition(-1)
                .setReceivingDomain("example.com")
                .setProvider("google")
                .build();
    }

    static Stream<Arguments> everyOutcomeOfEveryCategory() {
        return Stream.of(Outcome.values()).flatMap(outcome -> Categories.shipped().all().stream()
                .map(category -> Arguments.of(outcome, category)));
    }

    @ParameterizedTest
    @MethodSource("everyOutcomeOfEveryCategory")
    void onlyFinalFailuresAndComplaintsOfTheRecipientOrItsDomainAreEvidence(Outcome outcome, Category category) {
        boolean recipients = category.scope() == Scope.RECIPIENT || category.scope() == Scope.DOMAIN;
        Class<?> expected =
                switch (outcome) {
                    case DELIVERED -> Acceptance.class;
                    case BOUNCED, EXPIRED -> recipients ? Evidence.class : Contradiction.class;
                    case COMPLAINED -> recipients ? Evidence.class : null;
                    case DEFERRED, SUPPRESSED, UNKNOWN -> null;
                };

        Optional<Item> item = item(event().setOutcome(outcome).setAsynchronous(true), classified(category.name()));

        assertThat(item.map(Object::getClass).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"BOUNCED", "EXPIRED"})
    void aFailureOnTheSendersSideSaysSomethingOnlyWhenTheMessageHadBeenAccepted(Outcome outcome) {
        for (Boolean asynchronous : new Boolean[] {false, null}) {
            assertThat(item(event().setOutcome(outcome).setAsynchronous(asynchronous), classified("SPAM_CONTENT")))
                    .isEmpty();
        }
    }

    @Test
    void whatTheSendingSideRefusedIsNoEvidence() {
        for (Outcome outcome : List.of(Outcome.BOUNCED, Outcome.EXPIRED, Outcome.COMPLAINED, Outcome.SUPPRESSED)) {
            assertThat(item(event().setOutcome(outcome), classified("LOCAL_REJECTED")))
                    .isEmpty();
        }
    }

    @Test
    void aCategoryThatIsNoneIsNoEvidence() {
        assertThat(item(event(), classified("NEVER_HEARD_OF"))).isEmpty();
    }

    @Test
    void evidenceHoldsWhatTheEventAndItsClassificationSay() {
        Evidence found = evidence(event().setEventId("e7")
                .setStream("news")
                .setReply("452 4.2.2 mailbox full")
                .setAsynchronous(true));

        assertThat(found)
                .isEqualTo(new Evidence(
                        "e7",
                        Instant.parse("2026-03-01T12:00:00Z").toEpochMilli(),
                        Outcome.BOUNCED,
                        BounceType.SOFT,
                        "MAILBOX_FULL",
                        false,
                        4,
                        "4.2.2",
                        "google",
                        true,
                        true,
                        0,
                        "news",
                        "452 4.2.2 mailbox full",
                        "delivery-events",
                        3,
                        42));
        assertThat(found.scope()).isEqualTo(Scope.RECIPIENT);
    }

    @Test
    void whereThereIsNoEnhancedCodeItIsTheBasicOneAndWithoutAnyTheClassIsNought() {
        Classification basic = Classification.newBuilder(classified("MAILBOX_FULL"))
                .setEnhancedCode(null)
                .build();
        Classification none = Classification.newBuilder(basic)
                .setBasicCode(null)
                .setStatusClass(null)
                .build();

        assertThat(((Evidence) item(event(), basic).orElseThrow()).code()).isEqualTo("452");
        Evidence without = (Evidence) item(event(), none).orElseThrow();
        assertThat(without.code()).isNull();
        assertThat(without.statusClass()).isZero();
    }

    @Test
    void anEmptyStreamIsNone() {
        assertThat(evidence(event().setStream("")).stream()).isNull();
    }

    static Stream<DeliveryEvent.Builder> reports() {
        return Stream.of(
                event().setAction("failed"),
                event().setReportingMta("mx.example.com"),
                event().setAsynchronous(true),
                event().setIngestSource("dsn"),
                event().setIngestSource("arf"),
                event().setIngestSource("free-text"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aReportIsUncorrelatedWhenNobodyVouchesForIt(DeliveryEvent.Builder report) {
        assertThat(evidence(report.setCorrelation(Correlation.NONE)).uncorrelated())
                .isTrue();
        assertThat(evidence(report.setCorrelation(Correlation.ASSERTED)).uncorrelated())
                .isFalse();
        assertThat(evidence(report.setCorrelation(Correlation.VERIFIED)).uncorrelated())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "postfix"})
    void whatTheSendingServerSawItselfNeedsNobodyToVouchForIt(String source) {
        for (Boolean asynchronous : new Boolean[] {false, null}) {
            assertThat(evidence(event().setIngestSource(source)
                                    .setAsynchronous(asynchronous)
                                    .setCorrelation(Correlation.NONE))
                            .uncorrelated())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "2026-03-01T12:00:00Z, null, 2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00Z, 2026-03-01T13:00:00Z, 2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00Z, 2026-03-01T11:00:00Z, 2026-03-01T11:00:00Z"
            })
    void nothingHappensLaterThanItWasKnown(Instant told, Instant received, Instant expected) {
        for (Outcome outcome : List.of(Outcome.DELIVERED, Outcome.BOUNCED)) {
            Item item = item(
                            event().setOutcome(outcome).setEventTime(told).setReceivedAt(received),
                            classified("MAILBOX_FULL"))
                    .orElseThrow();

            assertThat(Instant.ofEpochMilli(item.time())).isEqualTo(expected);
        }
    }

    @Test
    void aMessageHasTheSameNumberInEveryEventAndNoMessageHasNone() {
        long bounced = evidence(event().setMessageId("1@example.com")).message();

        assertThat(((Acceptance) item(
                                        event().setOutcome(Outcome.DELIVERED).setMessageId("1@example.com"),
                                        classified("DELIVERED"))
                                .orElseThrow())
                        .message())
                .isEqualTo(bounced)
                .isNotZero();
        assertThat(((Contradiction) item(
                                        event().setAsynchronous(true).setMessageId("1@example.com"),
                                        classified("SPAM_CONTENT"))
                                .orElseThrow())
                        .message())
                .isEqualTo(bounced);
        assertThat(evidence(event().setMessageId("2@example.com")).message()).isNotEqualTo(bounced);
        assertThat(evidence(event().setMessageId(null)).message()).isZero();
        assertThat(evidence(event().setMessageId("")).message()).isZero();
    }

    /** Stored with the state: another number for the same message would contradict nothing any more. */
    @Test
    void theNumberOfAMessageStaysWhatItWas() {
        assertThat(evidence(event().setMessageId("a")).message()).isEqualTo(0xaf63dc4c8601ec8cL);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null",
                "'', null",
                "' \n ', null",
                "'550 no  such\n user', 550 no such user",
                "'\u2003 550\u2003no \t\u2003\r\n such user\u000b\u2003', '550\u2003no \u2003 such user'",
                "550 <john@example.com> unknown, 550 <j***@example.com> unknown"
            })
    void theReplyIsKeptInOneLineWithItsAddressesMasked(String reply, String expected) {
        assertThat(evidence(event().setReply(reply)).reply()).isEqualTo(expected);
    }

    @Test
    void onlyTheBeginningOfALongReplyIsKept() {
        String kept = evidence(event().setReply("550 " + "word ".repeat(1000))).reply();

        assertThat(kept).hasSize(Items.REPLY_LENGTH).startsWith("550 word").endsWith("…");
    }

    @Test
    void noPairOfSurrogatesIsCut() {
        for (String before : List.of("", "x")) {
            String kept = evidence(event().setReply(before + "\ud83d\ude00".repeat(300)))
                    .reply();

            assertThat(kept.length()).isBetween(Items.REPLY_LENGTH - 1, Items.REPLY_LENGTH);
            assertThat(kept.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        }
    }

    @Test
    void anAddressThatIsReadInHalfIsNotKept() {
        for (int spaces = 960; spaces < 1000; spaces++) {
            assertThat(evidence(event().setReply("550 " + " ".repeat(spaces) + "\njohn.example@example.com is unknown"))
                            .reply())
                    .doesNotContain("john");
        }
    }

    @Test
    void aReplyOf64KiBCostsNoMoreThanAShortOne() {
        DeliveryEvent event = event().setReply("a@".repeat(32 * 1024)).build();
        Classification classification = classified("MAILBOX_FULL");

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 10_000; i++) {
                Items.of(event, classification, new Items.Source("delivery-events", 0, i, ARRIVAL));
            }
        });
    }
}
