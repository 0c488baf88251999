package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FactTest {

    private static final Instant NOON = AnyFacts.NOON;

    private static DeliveryEvent.Builder event(Outcome outcome) {
        return AnyEvents.plain().setTenant("acme").setOutcome(outcome);
    }

    private static Fact of(DeliveryEvent.Builder builder) {
        DeliveryEvent event = builder.build();
        return Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[] {1, 2, 3});
    }

    private static String reply(String reply) {
        return of(event(Outcome.BOUNCED).setReply(reply)).reply();
    }

    @Test
    void theRecipientIsNotNamedByItsLocalPartEither() {
        DeliveryEvent.Builder named =
                event(Outcome.BOUNCED).setRecipient("john.doe@example.com").setReply("550 No such user John.Doe here");

        assertThat(of(named).reply()).isEqualTo("550 No such user *** here");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T11:59:58.500Z, 1500",
        "2026-03-01T12:00:00Z, 0",
        "2026-03-01T12:00:00.001Z, -1",
        "+292278994-08-17T07:12:55.807Z, -1",
        "-292275055-05-16T16:47:04.192Z, -1"
    })
    void timeToDeliverIsWhatClocksThatAgreeSay(Instant queued, long millis) {
        assertThat(of(event(Outcome.DELIVERED).setQueuedAt(queued)).timeToDeliver())
                .isEqualTo(millis);
    }

    @Test
    void clocksThatAreWrongByAllTimeSayNothing() {
        DeliveryEvent.Builder event = event(Outcome.DELIVERED)
                .setEventTime(Instant.ofEpochMilli(Long.MIN_VALUE + 1))
                .setQueuedAt(Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThat(of(event).timeToDeliver()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void onlyMessagesThatEndedSayHowLongAndHowOften(Outcome outcome) {
        Fact fact = of(event(outcome).setQueuedAt(NOON.minusSeconds(1)).setAttempt(3));

        assertThat(fact.timeToDeliver()).isEqualTo(outcome == Outcome.DELIVERED ? 1_000 : -1);
        boolean ended = outcome == Outcome.DELIVERED || outcome == Outcome.BOUNCED || outcome == Outcome.EXPIRED;
        assertThat(fact.attempts()).isEqualTo(ended ? 3 : -1);
        assertThat(fact.isAttempt()).isEqualTo(outcome != Outcome.SUPPRESSED);
    }

    @Test
    void aMessageThatWasAcceptedBeforeDoesNotEndASecondTime() {
        Fact fact = of(event(Outcome.BOUNCED).setAsynchronous(true).setAttempt(3));

        assertThat(fact.asynchronous()).isTrue();
        assertThat(fact.attempts()).isEqualTo(-1);
        assertThat(of(event(Outcome.DELIVERED).setAsynchronous(true)).asynchronous())
                .isFalse();
        assertThat(of(event(Outcome.BOUNCED).setAttempt(0)).attempts()).isEqualTo(-1);
    }

    @Test
    void whatIsBlockedIsAboutTheSenderTheContentOrTheReputation() {
        assertThat(of(event(Outcome.DEFERRED).setReply("421 4.7.0 too many messages from your host"))
                        .blocked())
                .isTrue();
        assertThat(of(event(Outcome.BOUNCED).setReply("554 5.7.1 message refused as spam"))
                        .blocked())
                .isTrue();
        assertThat(of(event(Outcome.BOUNCED).setReply("550 5.1.1 no such user")).blocked())
                .isFalse();
        assertThat(of(event(Outcome.COMPLAINED)).blocked()).isFalse();
    }

    @Test
    void theCodeIsTheEnhancedOneBeforeTheBasicOne() {
        assertThat(of(event(Outcome.BOUNCED).setReply("550 5.1.1 no such user")).code())
                .isEqualTo("5.1.1");
        assertThat(of(event(Outcome.BOUNCED).setReply("550 no such user")).code())
                .isEqualTo("550");
        assertThat(of(event(Outcome.BOUNCED).setReply("no such user")).code()).isNull();
        assertThat(of(event(Outcome.DELIVERED).setReply("250 2.0.0 ok")).code()).isNull();
    }

    @Test
    void aReplyIsOneLineWithoutAddresses() {
        assertThat(reply("550-5.1.1 <john.doe@example.com>:\r\n550 5.1.1\tno such \u0000 user\n"))
                .isEqualTo("550-5.1.1 <j***@example.com>: 550 5.1.1 no such user");
        assertThat(of(event(Outcome.DELIVERED).setReply("250 ok")).reply()).isNull();
    }

    @Test
    void aReplyThatSaysNothingIsNone() {
        assertThat(reply(null)).isNull();
        assertThat(reply(" \n")).isNull();
        assertThat(reply("\u0000\u0007")).isNull();
        assertThat(reply("x".repeat(100_000))).isNull();
    }

    @Test
    void halfAnAddressIsNotShown() {
        String before = "550 " + "x ".repeat(490);

        assertThat(reply(before + "john.doe.of.some.length@example.com is not here"))
                .doesNotContain("john");
        assertThat(reply("550 " + "x".repeat(230) + " john.doe@example.com")).doesNotContain("john");
    }

    @Test
    void onlyTheBeginningOfALongReplyIsKept() {
        assertThat(reply("550 " + "word ".repeat(100_000)).length()).isBetween(230, 240);
        assertThat(reply("550 \ud83d\ude00" + "\ud83d\ude00".repeat(400) + " x").codePoints())
                .as("no half of a surrogate pair")
                .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Property(tries = 500)
    void anyEventHasAFact(@ForAll("events") DeliveryEvent event) {
        Fact fact = Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[0]);

        assertThat(fact.timeToDeliver()).isGreaterThanOrEqualTo(-1);
        assertThat(fact.reply() == null || !fact.reply().isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<DeliveryEvent> events() {
        return AnyFacts.events();
    }
}
