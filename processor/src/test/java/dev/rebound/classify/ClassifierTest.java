package dev.rebound.classify;

import static dev.rebound.classify.AnyEvents.plain;
import static dev.rebound.classify.Rows.categoryOf;
import static dev.rebound.classify.Rows.revision;
import static dev.rebound.classify.Rows.row;
import static dev.rebound.classify.Rows.shippedWith;
import static dev.rebound.classify.Rows.typeOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import dev.rebound.schema.Scope;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTest {

    private static final CodeTable SHIPPED = ShippedCodes.table();

    private static Classification classify(DeliveryEvent.Builder event) {
        return Classifier.classify(event.build(), SHIPPED);
    }

    private static CodeTable tableOf(StatusCode... rows) {
        return CodeTable.of(List.of(rows));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"DELIVERED", "DEFERRED", "COMPLAINED", "SUPPRESSED", "UNKNOWN"})
    void whatIsNoFinalFailureIsNeverABounce(Outcome outcome) {
        assertThat(classify(plain().setOutcome(outcome).setReply("550 5.1.1 no such user"))
                        .getBounceType())
                .isEqualTo(BounceType.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "550 5.1.1 no such user   | -     | HARD",
                "550 no such user         | -     | HARD",
                "no basic code 5.1.1      | -     | HARD",
                "-                        | 5.1.1 | HARD",
                "452 4.2.2 full           | -     | SOFT",
                "450 busy                 | -     | SOFT",
                "-                        | 4.2.2 | SOFT",
                "550 4.4.7 expired        | -     | SOFT",
                "450 5.1.1 greylisted     | -     | HARD",
                "550 no such user         | 4.4.7 | HARD",
                "450 busy                 | 5.4.7 | SOFT",
                "connection refused       | -     | SOFT",
                "-                        | -     | SOFT",
                "250 OK                   | -     | SOFT",
                "-                        | 2.0.0 | SOFT",
                "354 go ahead             | -     | SOFT",
                "199 what                 | -     | SOFT",
            })
    void aBouncesTypeFollowsTheClassOfItsCode(String reply, String status, BounceType type) {
        assertThat(classify(plain().setReply(reply).setStatus(status)).getBounceType())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-                      | 4.4.7 | UNKNOWN | SOFT",
                "-                      | 5.4.7 | UNKNOWN | SOFT",
                "550 4.4.7 expired      | -     | UNKNOWN | SOFT",
                "550 5.4.7 expired      | -     | UNKNOWN | SOFT",
                "451 4.7.1 try later    | 4.4.7 | REMOTE  | SOFT",
                "-                      | 5.1.1 | UNKNOWN | SOFT",
                "550 5.1.1 no such user | 4.4.7 | REMOTE  | HARD",
                "550 5.1.1 no such user | 4.4.7 | UNKNOWN | HARD",
                "550 no such user       | 4.4.7 | REMOTE  | HARD",
                "550 no such user       | 5.0.0 | REMOTE  | HARD",
                "550 5.1.1 no such user | 4.4.7 | LOCAL   | SOFT",
                "550 no such user       | 4.4.7 | LOCAL   | SOFT",
            })
    void givingUpIsSoftUnlessTheReceiverItselfRefusedForGood(
            String reply, String status, ReplySource source, BounceType type) {
        assertThat(classify(plain().setOutcome(Outcome.EXPIRED)
                                .setReply(reply)
                                .setStatus(status)
                                .setReplySource(source))
                        .getBounceType())
                .isEqualTo(type);
    }

    @Test
    void givingUpIsExplainedByTheLastReplyWhereThatSaysWhy() {
        DeliveryEvent.Builder expired = plain().setOutcome(Outcome.EXPIRED).setStatus("4.4.7");

        assertThat(classify(expired)).satisfies(classification -> {
            assertThat(classification.getCategory()).isEqualTo("EXPIRED");
            assertThat(classification.getRule()).isEqualTo("4.4.7");
        });
        assertThat(classify(expired.setReply("452 4.2.2 full")).getCategory()).isEqualTo("MAILBOX_FULL");
        assertThat(classify(expired.setReply("connection timed out").setStatus(null))
                        .getCategory())
                .isEqualTo("HOST_UNREACHABLE");
        assertThat(classify(expired.setReply("nobody knows").setStatus(null))).satisfies(classification -> {
            assertThat(classification.getCategory()).isEqualTo("EXPIRED");
            assertThat(classification.getLayer()).isEqualTo(Layer.OUTCOME);
            assertThat(classification.getConfidence()).isEqualTo(Confidence.HIGH);
        });
        assertThat(classify(expired.setReply("450 busy")).getCategory())
                .as("450 says nothing of why")
                .isEqualTo("EXPIRED");
        assertThat(classify(expired.setReply("250 queued")).getCategory())
                .as("a success code does not say why it failed")
                .isEqualTo("EXPIRED");
    }

    @Test
    void aRowSetsTheBounceTypeOfItsOwnClassOnly() {
        CodeTable soft = shippedWith(typeOf("5.2.2", BounceType.SOFT));

        assertThat(Classifier.classify(plain().setReply("552 5.2.2 full").build(), soft)
                        .getBounceType())
                .isEqualTo(BounceType.SOFT);
        assertThat(Classifier.classify(plain().setReply("550 5.1.1 no").build(), soft)
                        .getBounceType())
                .isEqualTo(BounceType.HARD);
        CodeTable hard = shippedWith(typeOf("4.2.2", BounceType.HARD));
        assertThat(Classifier.classify(plain().setReply("452 4.2.2 full").build(), hard)
                        .getBounceType())
                .isEqualTo(BounceType.HARD);
        CodeTable basic = shippedWith(typeOf("550", BounceType.SOFT));
        assertThat(Classifier.classify(plain().setReply("550 4.9.9 odd").build(), basic)
                        .getBounceType())
                .as("the row of 550 has no say over a class 4 code")
                .isEqualTo(BounceType.SOFT);
        assertThat(Classifier.classify(plain().setReply("550 5.9.9 odd").build(), basic)
                        .getBounceType())
                .isEqualTo(BounceType.SOFT);
        assertThat(Classifier.classify(
                                plain().setReply("550 5.2.2 full")
                                        .setOutcome(Outcome.EXPIRED)
                                        .build(),
                                soft)
                        .getBounceType())
                .isEqualTo(BounceType.SOFT);
    }

    @Test
    void aRowDoesNotMakeABounceOfWhatIsNone() {
        CodeTable table = shippedWith(typeOf("4.2.2", BounceType.HARD));

        assertThat(Classifier.classify(
                                plain().setReply("452 4.2.2 full")
                                        .setOutcome(Outcome.DEFERRED)
                                        .build(),
                                table)
                        .getBounceType())
                .isEqualTo(BounceType.NONE);
    }

    @Test
    void theMostSpecificRowDecides() {
        DeliveryEvent event = plain().setReply("550 5.1.1 no such user").build();
        List<String> inOrder = List.of("5.1.1", "5.1", "550", "5.XXX.YYY", "5xx");
        List<Layer> layers = List.of(Layer.EXACT, Layer.SUBJECT, Layer.BASIC, Layer.CLASS, Layer.GROUP);
        List<Confidence> confidences =
                List.of(Confidence.HIGH, Confidence.MEDIUM, Confidence.MEDIUM, Confidence.LOW, Confidence.LOW);

        for (int first = 0; first < inOrder.size(); first++) {
            List<StatusCode> rows = new ArrayList<>();
            inOrder.subList(first, inOrder.size()).forEach(id -> rows.add(categoryOf(id, "POLICY_REJECTED")));
            Classification classification = Classifier.classify(event, CodeTable.of(rows));
            assertThat(classification.getRule()).isEqualTo(inOrder.get(first));
            assertThat(classification.getLayer()).isEqualTo(layers.get(first));
            assertThat(classification.getConfidence()).isEqualTo(confidences.get(first));
        }
    }

    @Test
    void aCodeThatWasOverruledTakesNoPartInTheLookUp() {
        CodeTable table = tableOf(categoryOf("550", "POLICY_REJECTED"), categoryOf("4xx", "RECEIVER_ERROR"));

        assertThat(Classifier.classify(plain().setReply("550 4.9.9 odd").build(), table)
                        .getRule())
                .isEqualTo("4xx");
    }

    @Test
    void withoutARowNothingIsClaimed() {
        Classification classification =
                Classifier.classify(plain().setReply("550 5.1.1 no such user").build(), CodeTable.empty());

        assertThat(classification.getCategory()).isEqualTo("UNDETERMINED");
        assertThat(classification.getScope()).isEqualTo(Scope.UNKNOWN);
        assertThat(classification.getLayer()).isEqualTo(Layer.NONE);
        assertThat(classification.getConfidence()).isEqualTo(Confidence.NONE);
        assertThat(classification.getRule()).isNull();
        assertThat(classification.getRecipientGone()).isFalse();
        assertThat(classification.getBounceType()).isEqualTo(BounceType.HARD);
        assertThat(classification.getStatusClass()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1, BAD_MAILBOX, true",
        "5.1, BAD_MAILBOX, false",
        "550, BAD_MAILBOX, true",
        "5.XXX.YYY, BAD_MAILBOX, false",
        "5xx, BAD_MAILBOX, false",
        "5.1.1, MAILBOX_DISABLED, false",
        "5.1.1, MAILBOX_FULL, false",
        "550, DOMAIN_NOT_FOUND, true",
        "550, SPAM_CONTENT, false"
    })
    void onlyARowOfTheCodeItselfWritesARecipientOff(String id, String category, boolean gone) {
        Classification classification = Classifier.classify(
                plain().setReply("550 5.1.1 no such user").build(), tableOf(categoryOf(id, category)));

        assertThat(classification.getRule()).isEqualTo(id);
        assertThat(classification.getCategory()).isEqualTo(category);
        assertThat(classification.getRecipientGone()).isEqualTo(gone);
    }

    @Test
    void scopeFollowsFromTheCategoryAlone() {
        for (Category category : Categories.shipped().all()) {
            Classification classification = Classifier.classify(
                    plain().setReply("550 5.1.1 x").build(), tableOf(categoryOf("5.1.1", category.name())));
            assertThat(classification.getScope()).isEqualTo(category.scope());
        }
    }

    @Test
    void anOutcomeThatSaysEverythingDecidesAlone() {
        assertThat(classify(plain().setOutcome(Outcome.COMPLAINED).setReply("550 5.1.1 x")))
                .satisfies(complaint -> {
                    assertThat(complaint.getCategory()).isEqualTo("COMPLAINT");
                    assertThat(complaint.getLayer()).isEqualTo(Layer.OUTCOME);
                    assertThat(complaint.getRecipientGone()).isFalse();
                });
        assertThat(classify(plain().setOutcome(Outcome.SUPPRESSED).setReply("550 5.1.1 x")))
                .satisfies(suppressed -> {
                    assertThat(suppressed.getCategory()).isEqualTo("LOCAL_REJECTED");
                    assertThat(suppressed.getRecipientGone()).isFalse();
                });
        assertThat(classify(plain().setOutcome(Outcome.DELIVERED).setReply("550 5.1.1 x")))
                .satisfies(delivered -> {
                    assertThat(delivered.getCategory()).isEqualTo("DELIVERED");
                    assertThat(delivered.getLayer()).isEqualTo(Layer.OUTCOME);
                    assertThat(delivered.getRecipientGone()).isFalse();
                });
        assertThat(classify(plain().setOutcome(Outcome.DELIVERED).setReply("250 2.0.0 OK")))
                .satisfies(delivered -> {
                    assertThat(delivered.getCategory()).isEqualTo("DELIVERED");
                    assertThat(delivered.getRule()).isEqualTo("2.XXX.YYY");
                    assertThat(delivered.getConfidence()).isEqualTo(Confidence.HIGH);
                });
    }

    @ParameterizedTest
    @CsvSource({"250 2.0.0 OK, BOUNCED", "250 OK, BOUNCED", "250 2.0.0 OK, DEFERRED", "550 5.1.9 relayed, BOUNCED"})
    void aSuccessCodeOnAFailureExplainsNothing(String reply, Outcome outcome) {
        Classification classification = classify(plain().setReply(reply).setOutcome(outcome));

        assertThat(classification.getCategory()).isEqualTo("UNDETERMINED");
        assertThat(classification.getConfidence()).isEqualTo(Confidence.NONE);
        assertThat(classification.getRecipientGone()).isFalse();
    }

    @Test
    void aDisputedCodeIsTrustedLess() {
        assertThat(classify(plain().setReply("550 5.1.1 no")).getConfidence()).isEqualTo(Confidence.HIGH);
        assertThat(classify(plain().setReply("550 5.1.1 no").setStatus("5.7.1")).getConfidence())
                .isEqualTo(Confidence.MEDIUM);
        assertThat(classify(plain().setReply("550 5.1.1 no").setStatus("5.1.1")).getConfidence())
                .isEqualTo(Confidence.HIGH);
    }

    @Test
    void aCodeThatMeansNothingCertainHasNoConfidence() {
        assertThat(classify(plain().setReply("550 5.0.0 failed"))).satisfies(classification -> {
            assertThat(classification.getRule()).isEqualTo("5.0.0");
            assertThat(classification.getCategory()).isEqualTo("UNDETERMINED");
            assertThat(classification.getConfidence()).isEqualTo(Confidence.NONE);
            assertThat(classification.getRecipientGone()).isFalse();
        });
    }

    @Test
    void theRevisionAtTheEventsTimeCounts() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        CodeTable table = shippedWith(row(
                Origin.OPERATOR,
                "5.1.1",
                revision().setCategory("POLICY_REJECTED").setEffectiveFrom(noon)));

        assertThat(Classifier.classify(
                        plain().setReply("550 5.1.1").setEventTime(noon).build(), table))
                .satisfies(classification -> {
                    assertThat(classification.getCategory()).isEqualTo("POLICY_REJECTED");
                    assertThat(classification.getTablePosition()).isEqualTo(Rows.POSITION);
                });
        assertThat(Classifier.classify(
                                plain().setReply("550 5.1.1")
                                        .setEventTime(noon.minusMillis(1))
                                        .build(),
                                table)
                        .getCategory())
                .isEqualTo("BAD_MAILBOX");
    }

    @Test
    void theReceivingSideIsNamed() {
        Classification classification =
                classify(plain().setRecipient("Some.One+x@Bücher.Example").setRemoteHost("gmail-smtp-in.l.google.com"));

        assertThat(classification.getReceivingDomain()).isEqualTo("xn--bcher-kva.example");
        assertThat(classification.getProvider()).isEqualTo("google");
        assertThat(classify(plain().setRecipient("")).getReceivingDomain()).isEmpty();
        assertThat(classify(plain()).getProvider()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"550 5.1.1 x, 5", "450 x, 4", "250 x, 2", "354 x, -", "199 x, -", "x, -"})
    void statusClassIsTheClassOfTheDecisiveCode(String reply, Integer statusClass) {
        assertThat(classify(plain().setReply(reply)).getStatusClass()).isEqualTo(statusClass);
    }

    @Test
    void aRowThatSetsOnlyABounceTypeLeavesTheCategoryToTheNextRow() {
        CodeTable table = shippedWith(typeOf("5.7.99", BounceType.SOFT));
        Classification classification =
                Classifier.classify(plain().setReply("550 5.7.99 no").build(), table);
        assertThat(classification.getBounceType()).isEqualTo(BounceType.SOFT);
        assertThat(classification.getCategory()).isEqualTo("POLICY_REJECTED");
        assertThat(classification.getRule()).isEqualTo("5.7");
    }

    @Test
    void aQueueThatGaveUpDoesNotMakeTheRecipientGoneByItsOwnWords() {
        DeliveryEvent.Builder expired = plain().setOutcome(Outcome.EXPIRED).setReply("550 5.1.1 no such user");
        assertThat(classify(expired.setReplySource(ReplySource.REMOTE)).getRecipientGone())
                .isTrue();
        Classification local = classify(expired.setReplySource(ReplySource.LOCAL));
        assertThat(local.getBounceType()).isEqualTo(BounceType.SOFT);
        assertThat(local.getRecipientGone()).isFalse();
    }

    @Test
    void aCodeOfAMissingMailboxAtMailIsNotTheRecipients() {
        assertThat(classify(plain().setReply("550 5.1.1 no").setSmtpCommand("RCPT"))
                        .getRecipientGone())
                .isTrue();
        assertThat(classify(plain().setReply("550 5.1.1 no").setSmtpCommand("MAIL"))
                        .getRecipientGone())
                .isFalse();
    }

    @Test
    void aHostThatNeverTakesMailIsToldByItsBasicCode() {
        assertThat(classify(plain().setReply("521 5.3.2 no"))).satisfies(classification -> {
            assertThat(classification.getRule()).isEqualTo("521");
            assertThat(classification.getCategory()).isEqualTo("DOMAIN_REFUSES_MAIL");
            assertThat(classification.getRecipientGone()).isTrue();
        });
        assertThat(classify(plain().setReply("554 5.3.2 no")).getRule()).isEqualTo("5.3.2");
    }
}
