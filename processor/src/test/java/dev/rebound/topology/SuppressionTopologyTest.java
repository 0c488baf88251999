package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.NOW;
import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Condition;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

/** Events and commands in, the feed out, by the shipped topology. */
class SuppressionTopologyTest {

    private static final String GONE = "550 5.1.1 User unknown";
    private static final String FULL = "552 5.2.2 Mailbox full";
    private static final String SPAM = "550 5.7.1 Message rejected as spam";
    private static final String SOMEONE = "default|someone@example.com";
    private static final List<String> REPLIES = List.of(
            GONE,
            FULL,
            "550 5.2.1 Mailbox disabled",
            "450 4.2.1 Mailbox unavailable",
            "550 5.1.2 Host unknown",
            "450 4.4.1 No answer");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Erasure ERASURE = new Erasure("a key of sixteen");

    @Test
    void aGoneAddressIsSuppressedWithItsEvidence() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(bounce().setReply("550 5.1.1 <someone@example.com> User unknown"));
            Suppression suppression = rebound.suppressed().get(SOMEONE);
            assertThat(suppression.getList()).isEqualTo("default");
            assertThat(suppression.getAddress()).isEqualTo("someone@example.com");
            assertThat(suppression.getReason()).isEqualTo(SuppressionReason.BOUNCE);
            assertThat(suppression.getSource()).isEqualTo(SuppressionSource.POLICY);
            assertThat(suppression.getCategory()).isEqualTo("BAD_MAILBOX");
            assertThat(suppression.getScope()).isEqualTo(Scope.RECIPIENT);
            assertThat(suppression.getRule()).isEqualTo("gone");
            assertThat(suppression.getSince()).isEqualTo(NOW);
            assertThat(suppression.getExpires()).isNull();
            assertThat(suppression.getEvidence()).singleElement().satisfies(evidence -> {
                assertThat(evidence.getEventId()).isEqualTo("e1");
                assertThat(evidence.getCode()).isEqualTo("5.1.1");
                assertThat(evidence.getReply()).isEqualTo("550 5.1.1 <s***@example.com> User unknown");
                assertThat(evidence.getTopic()).isEqualTo("delivery-events");
                assertThat(evidence.getPartition()).isZero();
                assertThat(evidence.getOffset()).isZero();
            });
        }
    }

    @Test
    void theSendersOwnTroubleSuppressesNobody() {
        try (ReboundDriver rebound = suppressing(anyFailure(Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(SPAM));
            rebound.send(bounce().setReply("550 5.7.26 Unauthenticated mail").setEventId("e2"));
            rebound.send(bounce().setReply("nothing that a rule knows").setEventId("e3"));
            assertThat(rebound.feed()).isEmpty();
            assertThat(rebound.addresses()).isEmpty();
        }
    }

    @Test
    void deliveriesToUnknownAddressesLeaveNoState() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(bounce().setOutcome(Outcome.DELIVERED));
            rebound.send(bounce().setOutcome(Outcome.DEFERRED).setReply(FULL));
            assertThat(rebound.addresses()).isEmpty();
        }
    }

    /** From the first round on it is known in memory which addresses have a row, those of the last second and of before a restart included. */
    @Test
    void anAddressThatFailsForTheFirstTimeAfterARoundIsKnown() {
        ReboundDriver rebound = suppressing(rule("full", "MAILBOX_FULL", 4, Rule.FOR_EVER));
        rebound.advance(Duration.ofSeconds(2));
        rebound.send(bounce().setReply(FULL));
        rebound.send(bounce().setReply(FULL).setEventId("e2"));
        rebound.send(bounce().setReply(FULL).setEventId("e3"));

        try (ReboundDriver restarted = rebound.restarted()) {
            restarted.advance(Duration.ofSeconds(2));
            restarted.send(bounce().setReply(FULL).setEventId("e4"));
            assertThat(restarted.suppressed().get(SOMEONE).getEvidence()).hasSize(4);
        }
    }

    @Test
    void aSuppressionEndsByTheClockThoughNothingHappens() {
        try (ReboundDriver rebound = suppressing(gone(DAY))) {
            rebound.send(bounce().setReply(GONE));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.advance(DAY.minusSeconds(1));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.advance(Duration.ofSeconds(2));
            assertThat(rebound.suppressed()).isEmpty();
            assertThat(rebound.feed()).hasSize(2);
        }
    }

    @Test
    void aSuppressionThatIsOverWhenItBecomesKnownIsNotTold() {
        try (ReboundDriver rebound = suppressing(gone(DAY))) {
            rebound.send(bounce().setReply(GONE).setEventTime(NOW.minus(Duration.ofDays(3))));
            assertThat(rebound.feed()).isEmpty();
        }
    }

    @Test
    void aDeliveryLiftsOnceItHasSettledThoughNothingHappens() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(GONE));
            rebound.send(delivery("d1", NOW.plusSeconds(60)));
            rebound.advance(DAY);
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.advance(Duration.ofSeconds(61));
            assertThat(rebound.suppressed()).isEmpty();
        }
    }

    @Test
    void aDeliveryThatCameBackLiftsNothing() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(GONE));
            rebound.send(delivery("d1", NOW.plusSeconds(60)));
            rebound.send(bounce().setEventId("e2")
                    .setAsynchronous(true)
                    .setReply(SPAM)
                    .setEventTime(NOW.plusSeconds(120)));
            rebound.advance(DAY.multipliedBy(2));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    @Test
    void theSameEventAgainChangesNothing() {
        try (ReboundDriver rebound = suppressing(rule("full", "MAILBOX_FULL", 2, Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(FULL));
            rebound.send(bounce().setReply(FULL));
            assertThat(rebound.feed()).isEmpty();
            rebound.send(bounce().setReply(FULL).setEventId("e2"));
            assertThat(rebound.suppressed().get(SOMEONE).getEvidence()).hasSize(2);
        }
    }

    @Test
    void complaintsStayInTheirStream() {
        try (ReboundDriver rebound = suppressing(complaint())) {
            rebound.send(complained().setStream("news"));
            assertThat(rebound.suppressed()).containsOnlyKeys("default/news|someone@example.com");
            rebound.send(complained().setEventId("e2").setTenant("a/b").setStream("x|y"));
            assertThat(rebound.suppressed())
                    .containsOnlyKeys("default/news|someone@example.com", "a%2Fb/x%7Cy|someone@example.com");
            rebound.send(complained().setEventId("e3"));
            assertThat(rebound.suppressed()).containsKey(SOMEONE);
        }
    }

    @Test
    void commandsAddExtendAndRemove() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setExpires(NOW.plus(DAY))
                    .build());
            Suppression added = rebound.suppressed().get(SOMEONE);
            assertThat(added.getSource()).isEqualTo(SuppressionSource.OPERATOR);
            assertThat(added.getBy()).isEqualTo("ann");
            assertThat(added.getExpires()).isEqualTo(NOW.plus(DAY));
            rebound.send(
                    command("c2", SuppressionAction.EXTEND, NOW.plusMillis(1)).build());
            assertThat(rebound.suppressed()).hasSize(1);
            rebound.advance(Duration.ofMillis(500));
            assertThat(rebound.suppressed().get(SOMEONE).getExpires()).isNull();
            rebound.send(
                    command("c3", SuppressionAction.REMOVE, NOW.plusMillis(2)).build());
            assertThat(rebound.suppressed()).isEmpty();
        }
    }

    @Test
    void aCommandThatIsTakenBackWasNeverGivenInWhicheverOrderTheyAreRead() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            SuppressionCommand added = command("c1", SuppressionAction.ADD, NOW).build();
            SuppressionCommand back = retraction("c2", added).build();
            rebound.send(added);
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.send(back);
            assertThat(rebound.suppressed()).isEmpty();

            SuppressionCommand other =
                    command("c3", SuppressionAction.ADD, NOW).setList("acme").build();
            rebound.send(retraction("c4", other).build());
            rebound.send(other);
            assertThat(rebound.suppressed()).isEmpty();

            rebound.send(bounce().setReply(GONE));
            assertThat(rebound.suppressed().get(SOMEONE).getRule()).isEqualTo("gone");
        }
    }

    private static SuppressionCommand.Builder retraction(String id, SuppressionCommand taken) {
        return SuppressionCommand.newBuilder(taken)
                .setCommandId(id)
                .setAction(SuppressionAction.RETRACT)
                .setRetracts(taken.getCommandId())
                .setRetractsIssuedAt(taken.getIssuedAt());
    }

    @Test
    void erasingTakesWhatTookCommandsBackAwayToo() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            SuppressionCommand added = command("c1", SuppressionAction.ADD, NOW).build();
            rebound.send(retraction("c2", added).build());
            assertThat(rebound.addresses()).containsOnlyKeys(SOMEONE);
            rebound.send(command("c3", SuppressionAction.ERASE, NOW).build());
            assertThat(rebound.addresses()).isEmpty();
        }
    }

    /** What is given about an erased address goes to its stand-in, and so has to do what takes it back. */
    @Test
    void aCommandAboutAnErasedAddressIsTakenBackFromItsStandIn() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            String standIn = "default|" + ERASURE.standIn("someone@example.com");
            rebound.send(command("c0", SuppressionAction.ADD, NOW)
                    .setExpires(NOW.plus(DAY))
                    .build());
            rebound.send(command("c1", SuppressionAction.ERASE, NOW).build());
            SuppressionCommand added = command("c2", SuppressionAction.ADD, NOW).build();
            rebound.send(added);
            assertThat(rebound.suppressed().get(standIn).getExpires()).isNull();
            rebound.send(retraction("c3", added).build());
            assertThat(rebound.suppressed()).containsOnlyKeys(standIn);
            assertThat(rebound.suppressed().get(standIn).getExpires()).isEqualTo(NOW.plus(DAY));
            assertThat(rebound.addresses()).containsOnlyKeys(standIn);
        }
    }

    @Test
    void evidenceFromBeforeARemovalCountsNoMoreWhenItIsReadAgain() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            DeliveryEvent old = bounce().setReply(GONE).build();
            rebound.send(old);
            rebound.send(command("c1", SuppressionAction.REMOVE, NOW).build());
            assertThat(rebound.suppressed()).isEmpty();
            rebound.advance(DAY);
            rebound.send(old);
            rebound.send(bounce().setEventId("e0").setReply(GONE).setEventTime(NOW.minusSeconds(1)));
            assertThat(rebound.suppressed()).isEmpty();
            rebound.send(bounce().setEventId("e2").setReply(GONE).setEventTime(NOW.plusSeconds(1)));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    @Test
    void commandsThatBreakTheRulesBecomeDeadLetters() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setCategory("SPAM_CONTENT")
                    .build());
            rebound.send(command("c 2", SuppressionAction.ADD, NOW).build());
            rebound.send(command("c3", SuppressionAction.ADD, NOW)
                    .setAddress("Some@Example.com")
                    .build());
            rebound.sendCommandRaw("x".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2});
            rebound.sendCommandRaw("x".getBytes(StandardCharsets.UTF_8), null);
            assertThat(rebound.deadLetters().stream().map(rebound::reason))
                    .containsExactly("INVALID_COMMAND", "INVALID_COMMAND", "INVALID_COMMAND", "NOT_WIRE_FORMAT");
            assertThat(rebound.feed()).isEmpty();
        }
    }

    @Test
    void anErasedAddressLeavesItsStandInAlone() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            String standIn = ERASURE.standIn("someone@example.com");
            rebound.send(bounce().setReply(GONE));
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setAddress(standIn)
                    .build());
            rebound.send(command("c2", SuppressionAction.ERASE, NOW).build());
            assertThat(rebound.suppressed()).containsOnlyKeys("default|" + standIn);
            assertThat(rebound.addresses()).containsOnlyKeys("default|" + standIn);
            rebound.send(bounce().setEventId("e2").setReply(GONE));
            assertThat(rebound.addresses()).containsOnlyKeys("default|" + standIn);
        }
    }

    @Test
    void aChangedPolicyDecidesAboutAllAddressesAnew() {
        try (ReboundDriver before = suppressing(gone(Rule.FOR_EVER));
                ReboundDriver after = suppressing(rule("full", "MAILBOX_FULL", 1, Rule.FOR_EVER))) {
            before.send(bounce().setReply(GONE));
            before.send(bounce().setReply(FULL).setRecipient("full@example.com"));
            before.advance(Duration.ofSeconds(2));
            assertThat(before.suppressed()).containsOnlyKeys(SOMEONE);
            after.restoreAddresses(before);
            after.advance(Duration.ofSeconds(2));
            assertThat(after.feed())
                    .extracting(told -> told.key, told -> told.value != null)
                    .containsExactlyInAnyOrder(tuple("default|full@example.com", true), tuple(SOMEONE, false));
        }
    }

    @Test
    void theSamePolicyAgainDecidesNothing() {
        try (ReboundDriver before = suppressing(gone(Rule.FOR_EVER));
                ReboundDriver after = suppressing(gone(Rule.FOR_EVER))) {
            before.send(bounce().setReply(GONE));
            before.advance(Duration.ofSeconds(2));
            after.restoreAddresses(before);
            after.advance(Duration.ofSeconds(5));
            assertThat(after.feed()).isEmpty();
        }
    }

    /** Who takes a bad policy back does so in a hurry. */
    @Test
    void goingBackToTheOldPolicyBeforeTheNewOneIsThroughDecidesAboutAllAnew() {
        Rule good = gone(Rule.FOR_EVER);
        try (ReboundDriver first = suppressing(good);
                ReboundDriver bad = suppressing(anyFailure(Rule.FOR_EVER));
                ReboundDriver again = suppressing(good)) {
            first.advance(Duration.ofSeconds(2));
            bad.restoreAddresses(first);
            bad.send(bounce().setReply(FULL));
            assertThat(bad.suppressed()).containsOnlyKeys(SOMEONE);
            again.restoreAddresses(bad);
            again.advance(Duration.ofSeconds(2));
            assertThat(again.feed()).containsExactly(KeyValue.pair(SOMEONE, null));
        }
    }

    @Test
    void complaintsAreInTheFeedWhenAPolicyMovesThemToTheirStream() {
        Rule wholeTenant = rule(
                "complaint",
                condition(Set.of(Outcome.COMPLAINED), Set.of(), null),
                1,
                Rule.FOR_EVER,
                Rule.Level.TENANT,
                Rule.OnDelivery.IGNORED);
        try (ReboundDriver before = suppressing(wholeTenant);
                ReboundDriver after = suppressing(complaint())) {
            before.send(complained().setStream("news"));
            before.advance(Duration.ofSeconds(2));
            assertThat(before.suppressed()).containsOnlyKeys(SOMEONE);
            after.restoreAddresses(before);
            after.advance(Duration.ofSeconds(2));
            assertThat(after.suppressed()).containsOnlyKeys("default/news|someone@example.com");
        }
    }

    @Test
    void momentsThatNoRowStandsBehindAreForgotten() {
        try (ReboundDriver rebound = suppressing(gone(DAY))) {
            rebound.send(bounce().setReply(GONE));
            rebound.makeDue(NOW.toEpochMilli() + 100, SOMEONE);
            rebound.makeDue(NOW.toEpochMilli() + 100, "default|nobody@example.com");
            rebound.advance(Duration.ofSeconds(2));
        }
    }

    @Test
    void whatDoesNotStandWhereItsAddressIsEndsInTheSameState() {
        try (ReboundDriver rebound = ReboundDriver.amongPartitions(7, settings(gone(Rule.FOR_EVER)))) {
            for (int i = 0; i < 20; i++) {
                String address = "r" + i + "@example.com";
                rebound.send(bounce().setEventId("e" + i).setRecipient(address).setReply(GONE));
                rebound.send(command("c" + i, SuppressionAction.REMOVE, NOW)
                        .setAddress(address)
                        .build());
            }
            assertThat(rebound.addresses()).hasSize(20);
            assertThat(rebound.suppressed()).isEmpty();
        }
    }

    @Test
    void tenantsOfAnyNameHaveListsOfTheirOwn() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            for (String tenant : List.of("*", "a/b", "100%", "müller", "plain")) {
                rebound.send(bounce().setEventId(tenant).setTenant(tenant).setReply(GONE));
            }
            assertThat(rebound.suppressed().keySet())
                    .containsExactlyInAnyOrder(
                            "%2A|someone@example.com",
                            "a%2Fb|someone@example.com",
                            "100%25|someone@example.com",
                            "müller|someone@example.com",
                            "plain|someone@example.com");
        }
    }

    @Test
    void aCommandThatIsDatedAheadIsRefused() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            Instant ahead = Instant.now().plus(Duration.ofMinutes(10));
            rebound.send(command("c1", SuppressionAction.REMOVE, ahead).build());
            assertThat(rebound.deadLetters().stream().map(rebound::reason)).containsExactly("INVALID_COMMAND");
        }
    }

    @Test
    void noListHasANameTooLongForAKey() {
        try (ReboundDriver rebound = suppressing(complaint())) {
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setList("acme/" + "\u0001".repeat(100_000))
                    .build());
            rebound.send(complained().setStream("x".repeat(129)));
            assertThat(rebound.deadLetters().stream().map(rebound::reason)).containsExactly("INVALID_COMMAND");
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    @Test
    void whatSomebodyDecidedOutlivesAHistoryThatGrowsTooLarge() {
        String noise = "\u20ac".repeat(150);
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(command("c1", SuppressionAction.ADD, NOW.minus(Duration.ofDays(1000)))
                    .build());
            for (int i = 0; i < 3_000; i++) {
                rebound.send(bounce().setEventId("\u20ac".repeat(100) + i)
                        .setTenant("default")
                        .setEventTime(NOW.minus(Duration.ofHours(i % 800)))
                        .setCorrelation(i % 2 == 0 ? Correlation.NONE : Correlation.VERIFIED)
                        .setAsynchronous(true)
                        .setReply(REPLIES.get(i % REPLIES.size()) + ' ' + noise));
            }
            assertThat(rebound.addresses().get(SOMEONE)).hasSizeLessThan(800_000);
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    @Test
    void theRecordDoesNotGrowWithEachFailure() {
        try (ReboundDriver rebound = suppressing(rule("refuses", "MAILBOX_FULL", 1, DAY))) {
            for (int i = 0; i < 60; i++) {
                rebound.send(
                        bounce().setEventId("e" + i).setReply(FULL).setEventTime(NOW.minus(Duration.ofHours(60 - i))));
            }
            Suppression suppression = rebound.suppressed().get(SOMEONE);
            assertThat(suppression.getEvidence()).hasSize(32);
            assertThat(suppression.getEvidenceOmitted()).isPositive();
            assertThat(suppression.getEvidence().get(31).getEventId()).isEqualTo("e59");
        }
    }

    @Test
    void anErasedAddressIsKeptOnNoListOfItsTenant() {
        try (ReboundDriver rebound = suppressing(complaint())) {
            String standIn = ERASURE.standIn("someone@example.com");
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setAddress(standIn)
                    .build());
            rebound.send(complained().setStream("promo"));
            assertThat(rebound.addresses()).containsOnlyKeys("default|" + standIn);
            rebound.send(command("c2", SuppressionAction.ADD, NOW)
                    .setWhy("Someone Miller rang")
                    .build());
            rebound.send(command("c3", SuppressionAction.ADD, NOW)
                    .setList("default/promo")
                    .build());
            assertThat(rebound.addresses()).containsOnlyKeys("default|" + standIn, "default/promo|" + standIn);
            assertThat(rebound.suppressed().toString()).doesNotContain("Miller");
        }
    }

    @Test
    void anErasedAddressThatIsReleasedIsAnAddressLikeOthers() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            String standIn = ERASURE.standIn("someone@example.com");
            rebound.send(bounce().setReply(GONE));
            rebound.send(command("c1", SuppressionAction.ADD, NOW)
                    .setAddress(standIn)
                    .build());
            rebound.send(command("c2", SuppressionAction.ERASE, NOW).build());
            assertThat(rebound.suppressed()).containsOnlyKeys("default|" + standIn);
            rebound.send(
                    command("c3", SuppressionAction.REMOVE, NOW.plusMillis(1)).build());
            assertThat(rebound.suppressed()).isEmpty();
            rebound.advance(Duration.ofSeconds(1));
            rebound.send(bounce().setReply(GONE));
            assertThat(rebound.suppressed()).isEmpty();
            rebound.send(bounce().setEventId("e2").setReply(GONE).setEventTime(NOW.plusMillis(500)));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    /** A bounce can come in while the address is being erased. */
    @Test
    void whatSuppressesAnAddressWhenItIsErasedGoesOnByItsStandIn() {
        try (ReboundDriver rebound = suppressing(gone(DAY))) {
            rebound.send(bounce().setReply(GONE));
            rebound.send(command("c1", SuppressionAction.ERASE, NOW).build());
            Suppression left = rebound.suppressed().get("default|" + ERASURE.standIn("someone@example.com"));
            assertThat(rebound.suppressed()).hasSize(1);
            assertThat(left.getReason()).isEqualTo(SuppressionReason.BOUNCE);
            assertThat(left.getCategory()).isEqualTo("BAD_MAILBOX");
            assertThat(left.getExpires()).isEqualTo(NOW.plus(DAY));
            assertThat(left.getEvidence()).isEmpty();
        }
    }

    @Test
    void aRemovalThatIsRepeatedCountsOnce() {
        try (ReboundDriver rebound = suppressing(gone(Rule.FOR_EVER))) {
            rebound.send(command("c1", SuppressionAction.REMOVE, NOW).build());
            rebound.advance(Duration.ofSeconds(10));
            rebound.send(bounce().setReply(GONE).setEventTime(NOW.plusSeconds(1)));
            rebound.send(
                    command("c1", SuppressionAction.REMOVE, NOW.plusSeconds(2)).build());
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
        }
    }

    @Test
    void deliveriesDoNotKeepOldEvidenceAlive() {
        try (ReboundDriver rebound = suppressing(rule("full", "MAILBOX_FULL", 2, Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(FULL));
            for (int i = 1; i <= 6; i++) {
                rebound.advance(Duration.ofDays(100));
                rebound.send(delivery("d" + i, NOW.plus(Duration.ofDays(100L * i))));
            }
            rebound.advance(Duration.ofDays(2));
            assertThat(rebound.addresses()).isEmpty();
        }
    }

    @Test
    void whatIsTooOldToMatterIsForgottenAndWhatSomebodyDecidedIsNot() {
        try (ReboundDriver rebound = suppressing(rule("full", "MAILBOX_FULL", 2, Rule.FOR_EVER))) {
            rebound.send(bounce().setReply(FULL));
            rebound.send(command("c1", SuppressionAction.REMOVE, NOW)
                    .setAddress("other@example.com")
                    .build());
            rebound.advance(Duration.ofDays(399));
            assertThat(rebound.addresses()).containsKey(SOMEONE);
            rebound.advance(Duration.ofDays(2));
            rebound.advance(Duration.ofDays(2));
            assertThat(rebound.addresses()).containsOnlyKeys("default|other@example.com");
        }
    }

    @Test
    void inAReplayTheEventsAreTheClock() {
        SuppressionSettings live = settings(gone(DAY));
        SuppressionSettings replay = new SuppressionSettings(live.policies(), live.erasure(), live.forgetAfter(), true);
        try (ReboundDriver rebound = ReboundDriver.suppressing(replay)) {
            Instant past = NOW.minus(Duration.ofDays(1000));
            rebound.send(bounce().setReply(GONE).setEventTime(past));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.advance(DAY.multipliedBy(2));
            assertThat(rebound.suppressed()).containsOnlyKeys(SOMEONE);
            rebound.send(bounce().setEventId("e2")
                    .setRecipient("other@example.com")
                    .setOutcome(Outcome.DEFERRED)
                    .setEventTime(past.plus(DAY)));
            rebound.advance(Duration.ofSeconds(1));
            List<KeyValue<String, Suppression>> feed = rebound.feed();
            assertThat(feed.get(feed.size() - 1)).isEqualTo(KeyValue.pair(SOMEONE, null));
        }
    }

    private static ReboundDriver suppressing(Rule rule) {
        return ReboundDriver.suppressing(settings(rule));
    }

    private static SuppressionSettings settings(Rule rule) {
        return new SuppressionSettings(
                Policies.of(Policy.of("test", DAY, List.of(rule))), Optional.of(ERASURE), Duration.ofDays(400), false);
    }

    private static Rule gone(Duration lasts) {
        return rule("gone", condition(Set.of(), Set.of(), true), 1, lasts, Rule.Level.TENANT, Rule.OnDelivery.LIFTS);
    }

    private static Rule anyFailure(Duration lasts) {
        return rule("any", condition(Set.of(), Set.of(), null), 1, lasts, Rule.Level.TENANT, Rule.OnDelivery.LIFTS);
    }

    private static Rule rule(String id, String category, int failures, Duration lasts) {
        return rule(
                id,
                condition(Set.of(), Set.of(category), null),
                failures,
                lasts,
                Rule.Level.TENANT,
                Rule.OnDelivery.LIFTS);
    }

    private static Rule complaint() {
        return rule(
                "complaint",
                condition(Set.of(Outcome.COMPLAINED), Set.of(), null),
                1,
                Rule.FOR_EVER,
                Rule.Level.STREAM,
                Rule.OnDelivery.IGNORED);
    }

    private static Condition condition(Set<Outcome> outcomes, Set<String> categories, Boolean gone) {
        return new Condition(
                new TreeSet<>(outcomes),
                null,
                new TreeSet<>(categories),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                gone,
                null);
    }

    private static Rule rule(
            String id, Condition when, int failures, Duration lasts, Rule.Level level, Rule.OnDelivery onDelivery) {
        return new Rule(
                id,
                List.of(when),
                failures,
                Duration.ZERO,
                null,
                Duration.ZERO,
                false,
                List.of(lasts),
                onDelivery,
                level,
                "");
    }

    private static DeliveryEvent.Builder delivery(String id, Instant time) {
        return bounce().setEventId(id).setOutcome(Outcome.DELIVERED).setEventTime(time);
    }

    private static DeliveryEvent.Builder complained() {
        return bounce().setOutcome(Outcome.COMPLAINED).setFeedbackType("abuse");
    }

    private static SuppressionCommand.Builder command(String id, SuppressionAction action, Instant time) {
        return SuppressionCommand.newBuilder()
                .setCommandId(id)
                .setIssuedAt(time)
                .setAction(action)
                .setList("default")
                .setAddress("someone@example.com")
                .setReason(action == SuppressionAction.ADD ? SuppressionReason.MANUAL : SuppressionReason.UNKNOWN)
                .setSource(SuppressionSource.OPERATOR)
                .setBy("ann")
                .setWhy("asked for");
    }
}
