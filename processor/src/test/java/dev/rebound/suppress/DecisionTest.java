package dev.rebound.suppress;

import static dev.rebound.suppress.Given.add;
import static dev.rebound.suppress.Given.anyComplaint;
import static dev.rebound.suppress.Given.complaint;
import static dev.rebound.suppress.Given.delivery;
import static dev.rebound.suppress.Given.extend;
import static dev.rebound.suppress.Given.failure;
import static dev.rebound.suppress.Given.history;
import static dev.rebound.suppress.Given.hour;
import static dev.rebound.suppress.Given.policy;
import static dev.rebound.suppress.Given.remove;
import static dev.rebound.suppress.Given.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Rule.OnDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from what is known, example by example. Times are hours; deliveries settle in 24. */
class DecisionTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private static Decision decide(Policy policy, long now, Item... items) {
        return Decision.of(Given.TENANT, history(items), policy, hour(now));
    }

    private static Suppression told(Policy policy, long now, Item... items) {
        return decide(policy, now, items).suppression();
    }

    private static boolean suppressed(Policy policy, long now, Item... items) {
        return told(policy, now, items) != null;
    }

    private static Evidence bounce(long hour) {
        return failure("b" + hour, hour(hour)).make();
    }

    private static Evidence asynchronousBounce(long hour) {
        return failure("b" + hour, hour(hour)).asynchronous().make();
    }

    private static Acceptance delivered(long hour) {
        return delivery("d" + hour, hour(hour));
    }

    private static List<String> evidence(Suppression told) {
        return told.getEvidence().stream().map(SuppressionEvidence::getEventId).toList();
    }

    private static long since(Suppression told) {
        return Duration.ofMillis(told.getSince().toEpochMilli()).toHours();
    }

    private static long expires(Suppression told) {
        return Duration.ofMillis(told.getExpires().toEpochMilli()).toHours();
    }

    @Test
    void ofAnAddressOfWhichNothingIsKnownNothingFollows() {
        assertThat(decide(policy(rule("any").make()), 5)).isEqualTo(new Decision(null, Decision.NEVER));
    }

    @Test
    void theRecordTellsWhatTheRuleCountedAndWhoseTroubleItIs() {
        Policy policy = policy(rule("twice").failures(2).lasts(DAY).make());

        Suppression told = told(policy, 3, bounce(1), bounce(2));

        assertThat(told.getList()).isEqualTo("acme");
        assertThat(told.getAddress()).isEqualTo("someone@example.com");
        assertThat(told.getReason()).isEqualTo(SuppressionReason.BOUNCE);
        assertThat(told.getSource()).isEqualTo(SuppressionSource.POLICY);
        assertThat(told.getCategory()).isEqualTo("MAILBOX_FULL");
        assertThat(told.getScope()).isEqualTo(Scope.RECIPIENT);
        assertThat(told.getProvider()).isEqualTo("example");
        assertThat(told.getPolicy()).isEqualTo("test");
        assertThat(told.getPolicyRevision()).isEqualTo(policy.revision());
        assertThat(told.getRule()).isEqualTo("twice");
        assertThat(told.getOccurrence()).isEqualTo(1);
        assertThat(told.getCommandId()).isNull();
        assertThat(evidence(told)).containsExactly("b1", "b2");
        assertThat(told.getEvidence().get(1))
                .isEqualTo(new SuppressionEvidence(
                        "b2",
                        Instant.ofEpochMilli(hour(2)),
                        "BOUNCED",
                        "MAILBOX_FULL",
                        "4.2.2",
                        "452 4.2.2 mailbox full",
                        "delivery-events",
                        0,
                        hour(2)));
    }

    @Nested
    class Counting {

        @Test
        void itTakesAsManyFailuresAsTheRuleSays() {
            Policy policy = policy(rule("thrice").failures(3).make());

            assertThat(suppressed(policy, 2, bounce(1), bounce(2))).isFalse();
            assertThat(evidence(told(policy, 3, bounce(1), bounce(2), bounce(3))))
                    .containsExactly("b1", "b2", "b3");
        }

        @Test
        void aFailureToldTwiceCountsOnce() {
            Policy policy = policy(rule("twice").failures(2).make());

            assertThat(suppressed(policy, 1, bounce(1), bounce(1))).isFalse();
        }

        @Test
        void whatComesTooSoonAfterTheLastThatCountedDoesNotCount() {
            Policy policy =
                    policy(rule("apart").failures(2).apart(Duration.ofHours(10)).make());

            assertThat(suppressed(policy, 10, bounce(1), bounce(10))).isFalse();
            assertThat(evidence(told(policy, 11, bounce(1), bounce(10), bounce(11))))
                    .containsExactly("b1", "b11");
        }

        @Test
        void theFirstIsForgottenOnceItIsTooLongAgo() {
            Policy policy = policy(
                    rule("within").failures(2).within(Duration.ofHours(10)).make());

            assertThat(suppressed(policy, 11, bounce(1), bounce(11))).isTrue();
            assertThat(suppressed(policy, 12, bounce(1), bounce(12))).isFalse();
            assertThat(evidence(told(policy, 14, bounce(1), bounce(12), bounce(14))))
                    .containsExactly("b12", "b14");
        }

        @Test
        void failuresInAShortTimeAreNotEnoughWhereTheyMustSpanALongOne() {
            Policy policy = policy(
                    rule("spanning").failures(2).spanning(Duration.ofHours(10)).make());

            assertThat(suppressed(policy, 10, bounce(1), bounce(2), bounce(10))).isFalse();
            assertThat(evidence(told(policy, 11, bounce(1), bounce(2), bounce(11))))
                    .containsExactly("b1", "b2", "b11");
        }

        @Test
        void aDeliveryInBetweenEndsAConsecutiveCountAtOnce() {
            Rule any = rule("any").failures(2).delivery(OnDelivery.RESETS).make();
            Rule consecutive = rule("consecutive")
                    .failures(2)
                    .delivery(OnDelivery.RESETS)
                    .consecutive(true)
                    .make();
            Item[] items = {bounce(1), delivered(2), bounce(3)};

            assertThat(suppressed(policy(any), 3, items)).isTrue();
            assertThat(suppressed(policy(consecutive), 3, items)).isFalse();
        }

        @Test
        void aContradictedDeliveryEndsNoConsecutiveCount() {
            Policy policy =
                    policy(rule("consecutive").failures(2).consecutive(true).make());

            assertThat(suppressed(policy, 3, bounce(1), delivered(2), asynchronousBounce(3)))
                    .isTrue();
        }

        @Test
        void onlyWhatTheRuleAsksForCounts() {
            Policy policy = policy(rule("correlated")
                    .failures(2)
                    .when(Given.condition(List.of(), false))
                    .make());
            Evidence forged = failure("forged", hour(2)).uncorrelated(true).make();

            assertThat(suppressed(policy, 2, bounce(1), forged)).isFalse();
            assertThat(suppressed(policy, 3, bounce(1), forged, bounce(3))).isTrue();
        }

        @Test
        void ofSeveralConditionsAnyWillDo() {
            Rule rule = new Rule(
                    "either",
                    List.of(Given.about(List.of("BAD_MAILBOX"), List.of()), anyComplaint()),
                    1,
                    Duration.ZERO,
                    null,
                    Duration.ZERO,
                    false,
                    List.of(HOUR),
                    OnDelivery.IGNORED,
                    Rule.Level.TENANT,
                    "");

            assertThat(suppressed(policy(rule), 1, bounce(1))).isFalse();
            assertThat(suppressed(policy(rule), 1, complaint("c", hour(1)))).isTrue();
        }
    }

    /** Only so much is kept of an address. */
    @Nested
    class Remembering {

        @Test
        void whatFailsEveryHourIsSeenToFailForWeeks() {
            Policy policy = policy(rule("weeks")
                    .failures(5)
                    .apart(DAY)
                    .spanning(DAY.multipliedBy(14))
                    .lasts(Rule.FOR_EVER)
                    .make());
            List<Item> items = new ArrayList<>();
            for (int hour = 0; hour <= 24 * 20; hour++) {
                items.add(bounce(hour));
            }

            assertThat(suppressed(policy, 24 * 20, items.toArray(Item[]::new))).isTrue();
        }

        @Test
        void failuresDoNotPushOutAComplaint() {
            Policy policy = policy(
                    rule("complaint").when(anyComplaint()).lasts(Rule.FOR_EVER).make());
            List<Item> items = new ArrayList<>(List.of(complaint("c", hour(1))));
            for (int i = 0; i < 3 * History.MAX_EVIDENCE; i++) {
                items.add(bounce(2 + 24 * i));
            }

            assertThat(suppressed(policy, 10_000, items.toArray(Item[]::new))).isTrue();
        }

        @Test
        void forgedReportsDoNotPushOutFailures() {
            Policy policy = policy(rule("correlated")
                    .when(Given.condition(List.of(), false))
                    .lasts(Rule.FOR_EVER)
                    .make());
            List<Item> items = new ArrayList<>(List.of(bounce(1)));
            for (int i = 0; i < 3 * History.MAX_EVIDENCE; i++) {
                items.add(failure("forged" + i, hour(2 + 24 * i))
                        .uncorrelated(true)
                        .make());
            }

            assertThat(suppressed(policy, 10_000, items.toArray(Item[]::new))).isTrue();
        }

        @Test
        void extensionsDoNotPushOutWhatTheyExtend() {
            List<Item> items = new ArrayList<>(List.of(add("a", hour(0), null)));
            for (int i = 1; i < 3 * History.MAX_COMMANDS; i++) {
                items.add(extend("e" + i, hour(i), null));
            }

            assertThat(suppressed(policy(), 10_000, items.toArray(Item[]::new))).isTrue();
        }
    }

    @Nested
    class Lasting {

        @Test
        void itIsInForceUntilItExpiresAndNotAnyMoreThen() {
            Policy policy = policy(rule("any").lasts(DAY).make());
            History history = history(bounce(1));

            Decision before = Decision.of(Given.TENANT, history, policy, hour(25) - 1);
            assertThat(expires(before.suppression())).isEqualTo(25);
            assertThat(before.next()).isEqualTo(hour(25));
            assertThat(Decision.of(Given.TENANT, history, policy, hour(25)))
                    .isEqualTo(new Decision(null, Decision.NEVER));
        }

        @Test
        void whatLastsForEverHasNoEnd() {
            Policy policy = policy(rule("any").lasts(Rule.FOR_EVER).make());

            Decision decision = decide(policy, 1_000_000, bounce(1));

            assertThat(decision.suppression().getExpires()).isNull();
            assertThat(decision.next()).isEqualTo(Decision.NEVER);
        }

        @Test
        void eachTimeLastsLongerAndTheLastForAllThatFollow() {
            Policy policy =
                    policy(rule("growing").lasts(HOUR, HOUR.multipliedBy(5)).make());

            assertThat(expires(told(policy, 1, bounce(1)))).isEqualTo(2);
            Suppression second = told(policy, 10, bounce(1), bounce(10));
            assertThat(expires(second)).isEqualTo(15);
            assertThat(second.getOccurrence()).isEqualTo(2);
            assertThat(since(second)).isEqualTo(10);
            assertThat(evidence(second)).containsExactly("b10");
            Suppression third = told(policy, 20, bounce(1), bounce(10), bounce(20));
            assertThat(expires(third)).isEqualTo(25);
            assertThat(third.getOccurrence()).isEqualTo(3);
        }

        @Test
        void itCanGrowToForEver() {
            Policy policy = policy(rule("growing").lasts(HOUR, Rule.FOR_EVER).make());

            assertThat(told(policy, 1000, bounce(1), bounce(10)).getExpires()).isNull();
        }

        @Test
        void failuresDuringASuppressionProlongItAndAreToldWithTheOthers() {
            Policy policy = policy(
                    rule("growing").failures(2).lasts(DAY, DAY.multipliedBy(2)).make());

            Suppression told = told(policy, 5, bounce(1), bounce(2), bounce(3), bounce(4));

            assertThat(since(told)).isEqualTo(2);
            assertThat(expires(told)).isEqualTo(4 + 48);
            assertThat(told.getOccurrence()).isEqualTo(2);
            assertThat(evidence(told)).containsExactly("b1", "b2", "b3", "b4");
        }

        @Test
        void failuresDuringASuppressionNeverShortenIt() {
            Policy policy = policy(rule("shrinking").lasts(DAY, HOUR).make());

            assertThat(expires(told(policy, 5, bounce(1), bounce(2)))).isEqualTo(25);
        }

        @Test
        void aFailureAsItExpiresBeginsANewSuppression() {
            Policy policy = policy(rule("any").make());

            assertThat(since(told(policy, 2, bounce(1), bounce(2)))).isEqualTo(2);
        }

        @Test
        void nothingIsAddedToWhatLastsForEver() {
            Policy policy = policy(rule("any").lasts(Rule.FOR_EVER).make());

            assertThat(evidence(told(policy, 5, bounce(1), bounce(2)))).containsExactly("b1");
        }
    }

    @Nested
    class Delivering {

        private final Policy lifts = policy(
                rule("lifts").lasts(Rule.FOR_EVER).delivery(OnDelivery.LIFTS).make());

        private Policy twice(OnDelivery delivery) {
            return policy(rule("twice")
                    .failures(2)
                    .lasts(Rule.FOR_EVER)
                    .delivery(delivery)
                    .make());
        }

        @Test
        void aDeliveryLiftsASuppressionOnceItHasSettled() {
            Decision unsettled = decide(lifts, 25, bounce(1), delivered(2));
            assertThat(unsettled.suppression()).isNotNull();
            assertThat(unsettled.next()).isEqualTo(hour(26));
            assertThat(suppressed(lifts, 26, bounce(1), delivered(2))).isFalse();
        }

        @Test
        void aDeliveryOlderThanTheBounceLiftsNothing() {
            assertThat(suppressed(lifts, 100, delivered(1), bounce(2))).isTrue();
        }

        @Test
        void afterADeliveryTheNextSuppressionIsTheFirstAgain() {
            Policy policy = policy(rule("growing")
                    .lasts(DAY, DAY.multipliedBy(30))
                    .delivery(OnDelivery.LIFTS)
                    .make());

            Suppression told = told(policy, 50, bounce(1), delivered(2), bounce(50));

            assertThat(told.getOccurrence()).isEqualTo(1);
            assertThat(evidence(told)).containsExactly("b50");
        }

        @Test
        void aDeliveryResetsTheCountOnceItHasSettled() {
            Policy policy = twice(OnDelivery.RESETS);

            assertThat(suppressed(policy, 25, bounce(1), delivered(2), bounce(3)))
                    .isTrue();
            assertThat(suppressed(policy, 26, bounce(1), delivered(2), bounce(3)))
                    .isFalse();
        }

        @Test
        void whatResetsDoesNotLift() {
            assertThat(suppressed(twice(OnDelivery.RESETS), 100, bounce(1), bounce(2), delivered(3)))
                    .isTrue();
        }

        @Test
        void ignoredDeliveriesResetNothing() {
            assertThat(suppressed(twice(OnDelivery.IGNORED), 100, bounce(1), delivered(2), bounce(3)))
                    .isTrue();
        }

        @Test
        void complaintsStayWhereTheRuleIgnoresDeliveries() {
            Policy policy = policy(
                    rule("complaint").when(anyComplaint()).lasts(Rule.FOR_EVER).make());

            Suppression told = told(policy, 1000, complaint("c", hour(1)), delivered(2));

            assertThat(told.getReason()).isEqualTo(SuppressionReason.COMPLAINT);
        }

        @Test
        void aFailureOfTheSameMessageContradictsTheDeliveryHoweverLate() {
            Item delivered = new Acceptance("d", hour(2), 7);
            Evidence late = failure("late", hour(500)).message(7).make();

            assertThat(suppressed(twice(OnDelivery.RESETS), 499, bounce(1), delivered))
                    .isFalse();
            assertThat(suppressed(twice(OnDelivery.RESETS), 500, bounce(1), delivered, late))
                    .isTrue();
        }

        /** Not all deliveries are kept, and those that are need not be of the messages that bounced. */
        @Test
        void anAsynchronousBounceOfAMessageThatIsNotKnownContradictsWhatHadNotSettled() {
            Item delivered = new Acceptance("d", hour(2), 7);
            Evidence soon = failure("soon", hour(26)).asynchronous().message(8).make();
            Evidence late =
                    failure("late", hour(26) + 1).asynchronous().message(8).make();

            assertThat(suppressed(twice(OnDelivery.RESETS), 100, bounce(1), delivered, soon))
                    .isTrue();
            assertThat(suppressed(twice(OnDelivery.RESETS), 100, bounce(1), delivered, late))
                    .isFalse();
        }

        @Test
        void aBounceThatNamesTheDeliveredMessageSparesTheOthers() {
            Policy policy = policy(rule("thrice")
                    .failures(3)
                    .delivery(OnDelivery.RESETS)
                    .lasts(Rule.FOR_EVER)
                    .make());
            Item named = new Acceptance("named", hour(2), 7);
            Evidence bounced =
                    failure("bounced", hour(4)).asynchronous().message(7).make();

            assertThat(suppressed(policy, 100, bounce(1), named, bounce(3), bounced))
                    .isTrue();
            assertThat(suppressed(policy, 100, bounce(1), named, delivered(2), bounce(3), bounced))
                    .isFalse();
        }

        @Test
        void anAsynchronousBounceOfNoKnownMessageContradictsWhatHasNotSettled() {
            Policy policy = twice(OnDelivery.RESETS);

            assertThat(suppressed(policy, 100, bounce(1), delivered(2), asynchronousBounce(26)))
                    .isTrue();
            assertThat(suppressed(policy, 100, bounce(1), delivered(2), asynchronousBounce(27)))
                    .isFalse();
        }

        @Test
        void aBounceWithinTheSessionIsOfAnotherMailThanTheDelivery() {
            assertThat(suppressed(twice(OnDelivery.RESETS), 100, bounce(1), delivered(2), bounce(3)))
                    .isFalse();
        }

        @Test
        void aBounceContradictsNoLaterDelivery() {
            assertThat(suppressed(lifts, 100, asynchronousBounce(1), delivered(2)))
                    .isFalse();
        }

        @Test
        void notEvenWhenItIsOfTheSameMessage() {
            Item sentAgain = new Acceptance("d", hour(2), 7);
            Evidence before = failure("b", hour(1)).message(7).make();

            assertThat(suppressed(lifts, 100, before, sentAgain)).isFalse();
        }

        @Test
        void aMessageThatCameBackForTheSendersTroubleContradictsItsDeliveryAndCountsForNothing() {
            Item named = new Acceptance("d", hour(2), 7);
            Item cameBack = new Contradiction("x", hour(500), 7);

            assertThat(suppressed(lifts, 499, bounce(1), named, cameBack)).isFalse();
            assertThat(evidence(told(lifts, 500, bounce(1), named, cameBack))).containsExactly("b1");
            assertThat(suppressed(lifts, 500, named, cameBack)).isFalse();
            assertThat(suppressed(lifts, 100, bounce(1), delivered(2), new Contradiction("x", hour(26), 0)))
                    .isTrue();
            assertThat(suppressed(lifts, 100, bounce(1), delivered(2), new Contradiction("x", hour(27), 0)))
                    .isFalse();
        }

        @Test
        void aComplaintContradictsNothing() {
            Item delivered = new Acceptance("d", hour(2), 7);
            Evidence complaint = failure("c", hour(3))
                    .outcome(Outcome.COMPLAINED)
                    .category("COMPLAINT")
                    .asynchronous()
                    .message(7)
                    .make();

            assertThat(suppressed(lifts, 100, bounce(1), delivered, complaint)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 5, 24})
        void noNumberOfDeliveriesSuppressesAnAddressThatFailsNowAndThen(int apart) {
            Policy policy = policy(
                    rule("resets")
                            .failures(3)
                            .lasts(Rule.FOR_EVER)
                            .delivery(OnDelivery.RESETS)
                            .make(),
                    rule("consecutive")
                            .failures(2)
                            .lasts(Rule.FOR_EVER)
                            .consecutive(true)
                            .make());
            List<Item> items = new ArrayList<>(List.of(bounce(1), delivered(2), bounce(30), delivered(31), bounce(60)));
            for (int i = 0; i < 2 * History.MAX_DAYS; i++) {
                items.add(delivered(100 + apart * i));
                assertThat(suppressed(policy, 10_000, items.toArray(Item[]::new)))
                        .as("after %d deliveries", i + 1)
                        .isFalse();
            }
        }

        @Test
        void noNumberOfDeliveriesEndsWhatOneFailureBeganOrComplaints() {
            Policy policy = policy(
                    rule("resets")
                            .lasts(Rule.FOR_EVER)
                            .delivery(OnDelivery.RESETS)
                            .make(),
                    rule("complaints")
                            .when(anyComplaint())
                            .failures(2)
                            .lasts(Rule.FOR_EVER)
                            .make());
            List<Item> bounced = new ArrayList<>(List.of(bounce(1)));
            List<Item> complained = new ArrayList<>(List.of(complaint("c1", hour(1)), complaint("c2", hour(2))));
            for (int i = 0; i < 2 * History.MAX_DAYS; i++) {
                bounced.add(delivered(100 + 24 * i));
                complained.add(delivered(100 + 24 * i));
            }

            assertThat(suppressed(policy, 10_000, bounced.toArray(Item[]::new))).isTrue();
            assertThat(suppressed(policy, 10_000, complained.toArray(Item[]::new)))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 5, 24})
        void aServerThatAlwaysTakesTheMailAndSendsItBackIsNoDelivery(int apart) {
            Policy policy = policy(rule("weeks")
                    .failures(5)
                    .apart(Duration.ofHours(20))
                    .spanning(Duration.ofDays(14))
                    .delivery(OnDelivery.LIFTS)
                    .lasts(Rule.FOR_EVER)
                    .make());
            List<Item> items = new ArrayList<>();
            for (int hour = 0; hour <= 24 * 20; hour += apart) {
                items.add(new Acceptance("d" + hour, hour(hour), 1 + hour));
                items.add(failure("b" + hour, hour(hour) + 1000)
                        .asynchronous()
                        .message(1 + hour)
                        .make());
            }

            assertThat(suppressed(policy, 24 * 21, items.toArray(Item[]::new))).isTrue();
        }

        /** Counted from the delivery on, the third failure is the second, and later than the second was. */
        @Test
        void aDeliveryThatSettlesCanMoveASuppressionAndNextNamesTheMoment() {
            Policy policy = policy(rule("twice")
                    .failures(2)
                    .lasts(Duration.ofHours(20))
                    .delivery(OnDelivery.RESETS)
                    .make());
            Item[] items = {bounce(0), delivered(1), bounce(2), bounce(21)};

            assertThat(decide(policy, 23, items)).isEqualTo(new Decision(null, hour(25)));
            assertThat(since(told(policy, 25, items))).isEqualTo(21);
        }

        @Test
        void noMomentIsNamedForADeliveryThatCanOnlyClear() {
            Policy policy = twice(OnDelivery.RESETS);

            assertThat(decide(policy, 3, bounce(1), delivered(2)).next()).isEqualTo(Decision.NEVER);
            assertThat(decide(policy, 3, delivered(1), bounce(2)).next()).isEqualTo(Decision.NEVER);
        }
    }

    @Nested
    class Lists {

        private final Policy policy = policy(
                rule("tenant")
                        .when(Given.about(List.of("BAD_MAILBOX"), List.of()))
                        .make(),
                rule("stream").when(anyComplaint()).level(Rule.Level.STREAM).make());

        private Evidence complaintAbout(String stream) {
            return failure("c", hour(1)).outcome(Outcome.COMPLAINED).category("COMPLAINT").stream(stream)
                    .make();
        }

        private Suppression told(SuppressionKey key, Item item) {
            return Decision.of(key, history(item), policy, hour(1)).suppression();
        }

        @Test
        void aComplaintAboutAStreamIsForTheListOfTheStreamOnly() {
            assertThat(told(Given.STREAM, complaintAbout("news")).getList()).isEqualTo("acme/news");
            assertThat(told(Given.TENANT, complaintAbout("news"))).isNull();
            assertThat(told(Given.STREAM, complaintAbout("bills"))).isNull();
        }

        @Test
        void aComplaintThatNamesNoStreamIsForTheListOfTheTenant() {
            assertThat(told(Given.TENANT, complaintAbout(null)).getList()).isEqualTo("acme");
            assertThat(told(Given.STREAM, complaintAbout(null))).isNull();
        }

        @Test
        void aRuleForTheTenantTakesEveryStreamAndPutsNothingOnTheListOfOne() {
            Evidence bounce =
                    failure("b", hour(1)).category("BAD_MAILBOX").stream("news").make();

            assertThat(told(Given.TENANT, bounce).getRule()).isEqualTo("tenant");
            assertThat(told(Given.STREAM, bounce)).isNull();
        }
    }

    @Nested
    class Commanding {

        private final Policy none = policy();
        private final Policy any = policy(rule("any").lasts(DAY).make());

        @Test
        void anAddedAddressIsSuppressedUntilTheCommandSaysSo() {
            Decision decision = decide(none, 2, add("a", hour(1), hour(10)));

            Suppression told = decision.suppression();
            assertThat(told.getReason()).isEqualTo(SuppressionReason.MANUAL);
            assertThat(told.getSource()).isEqualTo(SuppressionSource.OPERATOR);
            assertThat(told.getCommandId()).isEqualTo("a");
            assertThat(told.getBy()).isEqualTo("operator");
            assertThat(told.getWhy()).isEqualTo("a test");
            assertThat(told.getRule()).isNull();
            assertThat(told.getScope()).isNull();
            assertThat(since(told)).isEqualTo(1);
            assertThat(decision.next()).isEqualTo(hour(10));
            assertThat(suppressed(none, 10, add("a", hour(1), hour(10)))).isFalse();
            assertThat(told(none, 1_000_000, add("a", hour(1), null)).getExpires())
                    .isNull();
        }

        @Test
        void anAdditionCanSaySinceWhenAndWhy() {
            Command imported = new Command(
                    "i",
                    hour(5),
                    SuppressionAction.ADD,
                    SuppressionReason.BOUNCE,
                    "BAD_MAILBOX",
                    Instant.ofEpochMilli(hour(1)),
                    null,
                    SuppressionSource.IMPORT,
                    "import",
                    "moved",
                    "550 no such user");

            Suppression told = told(none, 5, imported);

            assertThat(since(told)).isEqualTo(1);
            assertThat(told.getScope()).isEqualTo(Scope.RECIPIENT);
            assertThat(told.getCategory()).isEqualTo("BAD_MAILBOX");
            assertThat(told.getDetail()).isEqualTo("550 no such user");
            assertThat(told.getSource()).isEqualTo(SuppressionSource.IMPORT);
            assertThat(suppressed(none, 4, imported)).isFalse();
        }

        @Test
        void deliveriesDoNotLiftWhatWasAdded() {
            assertThat(suppressed(any, 100, add("a", hour(1), null), delivered(2)))
                    .isTrue();
        }

        @Test
        void aCommandGivenTwiceCountsOnce() {
            Item[] twice = {add("a", hour(1), hour(10)), extend("e", hour(2), hour(20)), add("a", hour(1), hour(10))};

            assertThat(told(none, 3, twice)).isEqualTo(told(none, 3, twice[0], twice[1]));
        }

        @Test
        void ofTwoAdditionsTheLongerIsTold() {
            assertThat(told(none, 3, add("long", hour(1), hour(20)), add("short", hour(2), hour(10)))
                            .getCommandId())
                    .isEqualTo("long");
        }

        @Test
        void anExtensionMakesAnAdditionLastLonger() {
            Suppression told = told(none, 15, add("a", hour(1), hour(10)), extend("e", hour(2), hour(20)));

            assertThat(expires(told)).isEqualTo(20);
            assertThat(told.getCommandId()).isEqualTo("e");
            assertThat(told.getReason()).isEqualTo(SuppressionReason.MANUAL);
        }

        @Test
        void anExtensionCanBeForEver() {
            assertThat(told(none, 1_000_000, add("a", hour(1), hour(10)), extend("e", hour(2), null))
                            .getExpires())
                    .isNull();
        }

        @Test
        void anExtensionMakesTheSuppressionByARuleLastLongerAndKeepsItsEvidence() {
            Suppression told = told(any, 50, bounce(1), extend("e", hour(2), hour(100)));

            assertThat(expires(told)).isEqualTo(100);
            assertThat(told.getRule()).isEqualTo("any");
            assertThat(told.getCommandId()).isEqualTo("e");
            assertThat(told.getSource()).isEqualTo(SuppressionSource.POLICY);
            assertThat(evidence(told)).containsExactly("b1");
        }

        @Test
        void anExtensionOutlivesALaterFailureWithALesserEnd() {
            Suppression told = told(any, 55, bounce(1), extend("e", hour(2), hour(100)), bounce(50));

            assertThat(expires(told)).isEqualTo(100);
            assertThat(since(told)).isEqualTo(1);
        }

        @Test
        void aSettledDeliveryLiftsAnExtendedSuppressionToo() {
            Policy policy =
                    policy(rule("lifts").lasts(DAY).delivery(OnDelivery.LIFTS).make());

            assertThat(suppressed(policy, 75, bounce(1), extend("e", hour(2), hour(100)), bounce(30), delivered(40)))
                    .isFalse();
        }

        @Test
        void anExtensionOfWhatIsNotInForceDoesNothing() {
            assertThat(decide(any, 5, extend("e", hour(2), null))).isEqualTo(new Decision(null, Decision.NEVER));
            assertThat(suppressed(any, 31, bounce(1), extend("e", hour(30), null)))
                    .isFalse();
            assertThat(suppressed(none, 11, add("a", hour(1), hour(10)), extend("e", hour(10), null)))
                    .isFalse();
        }

        @Test
        void anExtensionDoesNotReachWhatCameAfterIt() {
            assertThat(expires(told(any, 4, extend("e", hour(2), hour(100)), bounce(3))))
                    .isEqualTo(27);
        }

        @Test
        void anExtensionNeverShortens() {
            Suppression told = told(none, 3, add("a", hour(1), hour(20)), extend("e", hour(2), hour(10)));

            assertThat(expires(told)).isEqualTo(20);
            assertThat(told.getCommandId()).isEqualTo("a");
        }

        @Test
        void extensionsAddUpWhileTheSuppressionIsInForce() {
            Command first = extend("e1", hour(5), hour(20));
            Command second = extend("e2", hour(15), hour(30));

            assertThat(expires(told(none, 16, add("a", hour(1), hour(10)), first, second)))
                    .isEqualTo(30);
            assertThat(suppressed(none, 16, add("a", hour(1), hour(10)), second))
                    .isFalse();
        }

        @Test
        void aRemovalLiftsWhatARuleAndWhatACommandSuppresses() {
            Item[] items = {bounce(1), add("a", hour(1), null), extend("e", hour(2), null), remove("r", hour(3))};

            assertThat(decide(any, 3, items)).isEqualTo(new Decision(null, Decision.NEVER));
        }

        @Test
        void afterARemovalOldEvidenceCountsNoMore() {
            Policy twice = policy(rule("twice").failures(2).lasts(DAY).make());

            assertThat(suppressed(twice, 4, bounce(1), remove("r", hour(3)), bounce(2), bounce(1), bounce(4)))
                    .isFalse();
            assertThat(suppressed(twice, 4, bounce(4), remove("r", hour(3)), bounce(3)))
                    .isFalse();
        }

        @Test
        void evidenceAfterARemovalSuppressesAnewAsTheFirstTime() {
            Suppression told = told(any, 5, bounce(1), bounce(2), remove("r", hour(3)), bounce(4));

            assertThat(evidence(told)).containsExactly("b4");
            assertThat(told.getOccurrence()).isEqualTo(1);
            assertThat(told.getCommandId()).isNull();
        }

        @Test
        void anAdditionAfterARemovalSuppressesAgain() {
            assertThat(told(none, 5, add("a", hour(1), null), remove("r", hour(3)), add("again", hour(4), null))
                            .getCommandId())
                    .isEqualTo("again");
        }

        @Test
        void anOlderRemovalUndoesNothingThatCameAfterIt() {
            assertThat(suppressed(any, 5, bounce(4), add("a", hour(4), null), remove("r", hour(3))))
                    .isTrue();
        }
    }

    @Nested
    class Several {

        @Test
        void ofSeveralRulesTheOneThatLastsLongestIsTold() {
            Policy policy = policy(
                    rule("short").lasts(HOUR).make(),
                    rule("long").lasts(DAY).make(),
                    rule("middle").lasts(Duration.ofHours(10)).make());

            assertThat(told(policy, 1, bounce(1)).getRule()).isEqualTo("long");
        }

        @Test
        void ofEquallyLongOnesTheEarliestIsTold() {
            Policy policy = policy(
                    rule("twice").failures(2).lasts(Rule.FOR_EVER).make(),
                    rule("once").lasts(Rule.FOR_EVER).make());

            assertThat(told(policy, 2, bounce(1), bounce(2)).getRule()).isEqualTo("once");
        }

        @Test
        void aRuleThatComesTrueLaterTakesOverWhereItLastsLonger() {
            Policy policy = policy(
                    rule("once").lasts(DAY).make(),
                    rule("twice").failures(2).lasts(DAY.multipliedBy(30)).make());

            assertThat(told(policy, 1, bounce(1)).getRule()).isEqualTo("once");
            assertThat(told(policy, 2, bounce(1), bounce(2)).getRule()).isEqualTo("twice");
        }

        @Test
        void aCommandAndARuleCompareByTheirEndToo() {
            Policy policy = policy(rule("any").lasts(DAY).make());

            assertThat(told(policy, 2, bounce(1), add("a", hour(2), hour(10))).getRule())
                    .isEqualTo("any");
            assertThat(told(policy, 2, bounce(1), add("a", hour(2), hour(100))).getCommandId())
                    .isEqualTo("a");
        }
    }

    @Nested
    class ComingUp {

        private final Policy policy = policy(
                rule("lifts").lasts(Rule.FOR_EVER).delivery(OnDelivery.LIFTS).make());

        @Test
        void whatIsDatedLaterCountsOnceItsTimeHasCome() {
            for (Item item : List.of(bounce(10), add("a", hour(10), null))) {
                assertThat(decide(policy, 9, item)).isEqualTo(new Decision(null, hour(10)));
                assertThat(suppressed(policy, 10, item)).isTrue();
            }
        }

        @Test
        void soDoesADeliveryAndWhatContradictsIt() {
            Item[] items = {bounce(1), delivered(10), new Contradiction("x", hour(20), 0)};

            assertThat(decide(policy, 9, items).next()).isEqualTo(hour(10));
            assertThat(decide(policy, 10, items).next()).isEqualTo(hour(20));
            assertThat(decide(policy, 20, items).next()).isEqualTo(Decision.NEVER);
            assertThat(suppressed(policy, 100, items)).isTrue();
        }

        @Test
        void anExtensionTooCountsOnceItsTimeHasCome() {
            Item[] items = {add("a", hour(1), hour(20)), extend("e", hour(10), hour(30))};

            assertThat(expires(told(policy, 9, items))).isEqualTo(20);
            assertThat(decide(policy, 9, items).next()).isEqualTo(hour(10));
            assertThat(expires(told(policy, 10, items))).isEqualTo(30);
        }

        /** What it does away with is forgotten, so that no replay brings it back: that cannot be put off. */
        @Test
        void aRemovalCountsAtOnceWhateverItsDate() {
            assertThat(suppressed(policy, 5, bounce(1), remove("r", hour(10)), bounce(4)))
                    .isFalse();
        }

        @Test
        void theEarliestMomentIsNext() {
            Item[] items = {add("a", hour(1), hour(20)), bounce(15), bounce(12)};

            assertThat(decide(policy, 2, items).next()).isEqualTo(hour(12));
        }
    }
}
