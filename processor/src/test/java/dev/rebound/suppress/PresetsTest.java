package dev.rebound.suppress;

import static dev.rebound.suppress.Script.cameBack;
import static dev.rebound.suppress.Script.complaint;
import static dev.rebound.suppress.Script.delivered;
import static dev.rebound.suppress.Script.during;
import static dev.rebound.suppress.Script.forEver;
import static dev.rebound.suppress.Script.hard;
import static dev.rebound.suppress.Script.soft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.io.StringReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each preset suppresses and releases when what it models does, to the millisecond. */
class PresetsTest {

    private static final String ALMOST_A_DAY = "PT23H59M59.999S";
    private static final String A_MILLISECOND = "PT0.001S";

    @ParameterizedTest
    @MethodSource("dev.rebound.suppress.Presets#names")
    void aPresetIsAPolicyFileThatSaysWhereItIsFrom(String name) {
        Preset preset = Presets.find(name).orElseThrow();

        assertThat(preset.policy()).isEqualTo(Presets.get(name));
        assertThat(preset.policy().name()).isEqualTo(name);
        assertThat(PolicyFile.read("a.yaml", new StringReader(preset.text()))).isEqualTo(Policies.of(preset.policy()));
        assertThat(preset.description()).endsWith(".");
        assertThat(preset.sources()).isNotEmpty();
        assertThat(preset.policy().rules())
                .allSatisfy(rule -> assertThat(rule.explanation()).endsWith("."));
    }

    @Test
    void aNameThatIsNoneIsAnsweredWithThoseThereAre() {
        assertThat(Presets.find("nothing")).isEmpty();
        assertThatThrownBy(() -> Presets.get("defualt"))
                .hasMessage("preset: defualt (expected: one of default, cautious, amazon-ses, postal, cloudflare,"
                        + " mailchimp; did you mean default?)");
    }

    @ParameterizedTest
    @MethodSource("dev.rebound.suppress.Presets#names")
    void noPresetAsksForWhatIsNotTheRecipients(String name) {
        assertThat(Presets.get(name).rules())
                .flatExtracting(Rule::when)
                .flatExtracting(condition ->
                        condition.categories().stream().map(Evidence::scope).toList())
                .isSubsetOf(Scope.RECIPIENT, Scope.DOMAIN);
    }

    @Nested
    class Default {

        private final Script script = Script.under(Presets.get("default"));

        @Test
        void oneFailureIsEnoughWhereTheAddressIsGoneForSure() {
            script.at("1d", hard("BAD_MAILBOX").withGone()).isSuppressed(forEver("1d", "gone"));
        }

        @Test
        void anyCategoryOfTheRecipientCanBeGone() {
            script.at("1d", hard("MAILBOX_DISABLED").withGone()).isSuppressed(forEver("1d", "gone"));
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 0})
        void atClassFourItTakesTwoThatAreADayApart(int statusClass) {
            script.at("1d, 2d", soft("BAD_MAILBOX").withGone().withClass(statusClass))
                    .isSuppressed(forEver("2d", "gone-unsure"));
        }

        @Test
        void byReportsThatAnyoneCanWriteItTakesTwoThatAreADayApart() {
            script.at("0h, 12h, 24h", hard("BAD_MAILBOX").withGone().byAnyone())
                    .isSuppressed(forEver("24h", "gone-unsure"));
        }

        @Test
        void aReportThatAnyoneCanWriteAndAFailureAtClassFourAgree() {
            script.at("0h", soft("BAD_MAILBOX").withGone())
                    .at("24h", hard("BAD_MAILBOX").withGone().byAnyone())
                    .isSuppressed(forEver("24h", "gone-unsure"));
        }

        @Test
        void twoUnsureFailuresOnOneDayAreOne() {
            script.at("0h, " + ALMOST_A_DAY, soft("BAD_MAILBOX").withGone()).isNeverSuppressed();
        }

        @Test
        void twoUnsureFailuresThirtyDaysApartAgree() {
            script.at("0h, 30d", soft("BAD_MAILBOX").withGone()).isSuppressed(forEver("30d", "gone-unsure"));
        }

        @Test
        void twoUnsureFailuresMoreThanThirtyDaysApartDoNot() {
            script.at("0h, PT720H0.001S", soft("BAD_MAILBOX").withGone()).isNeverSuppressed();
        }

        @Test
        void aDisabledMailboxPausesNinetyDaysAndThenForEver() {
            script.at("0h, 72h, 100d, 103d", hard("MAILBOX_DISABLED"))
                    .isSuppressed(during("72h", "93d", "mailbox-disabled"), forEver("103d", "mailbox-disabled"));
        }

        @Test
        void twoFailuresOfADisabledMailboxWithinThreeDaysAreOne() {
            script.at("0h, PT71H59M59.999S", hard("MAILBOX_DISABLED")).isNeverSuppressed();
        }

        @Test
        void aFullMailboxPausesLongerAndLonger() {
            script.at("0d, 1d, 2d, 3d, 14d", soft("MAILBOX_FULL"))
                    .at("50d, 51d, 52d, 53d, 64d", hard("MAILBOX_FULL"))
                    .at("160d, 161d, 162d, 163d, 174d", soft("MAILBOX_UNAVAILABLE"))
                    .at("360d, 361d, 362d, 363d, 374d", soft("MAILBOX_FULL"))
                    .isSuppressed(
                            during("14d", "44d", "mailbox-full"),
                            during("64d", "154d", "mailbox-full"),
                            during("174d", "354d", "mailbox-full"),
                            during("374d", "554d", "mailbox-full"));
        }

        @Test
        void aMailboxThatIsFullForLessThanTwoWeeksIsNotSuppressed() {
            script.at("0d, 1d, 2d, 3d, 4d, 13d+" + ALMOST_A_DAY, soft("MAILBOX_FULL"))
                    .isNeverSuppressed();
        }

        @Test
        void failuresOfAFullMailboxCountOnceADay() {
            script.at("0d, 1h, 2h, 3h, 4h, 5h, 14d", soft("MAILBOX_FULL")).isNeverSuppressed();
        }

        @Test
        void aDomainThatDoesNotExistPausesThirtyDaysAndThenMore() {
            script.at("0d, 1d, 3d, 40d, 41d, 43d", hard("DOMAIN_NOT_FOUND").withGone())
                    .isSuppressed(during("3d", "33d", "domain-not-found"), during("43d", "223d", "domain-not-found"));
        }

        @Test
        void aDomainThatIsAwayForLessThanThreeDaysIsNotSuppressed() {
            script.at("0d, 1d, 2d, 2d+" + ALMOST_A_DAY, hard("DOMAIN_NOT_FOUND").withGone())
                    .isNeverSuppressed();
        }

        @Test
        void aDomainThatTakesNoMailPausesNinetyDays() {
            script.at("1d", hard("DOMAIN_REFUSES_MAIL").withGone())
                    .isSuppressed(during("1d", "91d", "domain-refuses-mail"));
        }

        @Test
        void aDomainThatCannotBeReachedForThreeWeeksPausesThirtyDays() {
            script.at("0d, 1d, 2d", soft("HOST_UNREACHABLE"))
                    .at("10d, 21d", soft("ROUTING_FAILED"))
                    .isSuppressed(during("21d", "51d", "domain-silent"));
        }

        @Test
        void aDomainThatCannotBeReachedForLessIsNotSuppressed() {
            script.at("0d, 1d, 2d, 3d, 20d+" + ALMOST_A_DAY, soft("HOST_UNREACHABLE"))
                    .isNeverSuppressed();
        }

        @Test
        void aComplaintCountsInItsStreamOnlyAndStays() {
            Script.under(Presets.get("default"))
                    .onStream("news")
                    .at("0h", complaint().in("news"))
                    .at("1d, 2d, 3d", delivered())
                    .isSuppressed(forEver("0h", "complaint"));
            Script.under(Presets.get("default"))
                    .onStream("receipts")
                    .at("0h", complaint().in("news"))
                    .isNeverSuppressed();
            script.at("0h", complaint().in("news")).isNeverSuppressed();
        }

        @Test
        void aComplaintAboutNoStreamCountsForTheWholeTenant() {
            script.at("0h", complaint()).at("1d", delivered()).isSuppressed(forEver("0h", "complaint"));
        }

        @Test
        void aDeliveryLiftsOnceADayHasPassed() {
            script.at("0h", hard("BAD_MAILBOX").withGone())
                    .at("10d", delivered())
                    .isSuppressed(during("0h", "11d", "gone"));
        }

        @Test
        void aDeliveryResetsTheCountOnceADayHasPassed() {
            script.at("0h", hard("MAILBOX_DISABLED"))
                    .at("50h", delivered())
                    .at("74h, 75h", hard("MAILBOX_DISABLED"))
                    .isNeverSuppressed();
        }

        @Test
        void beforeThatTheCountGoesOn() {
            script.at("0h", hard("MAILBOX_DISABLED"))
                    .at("50h", delivered())
                    .at("73h", hard("MAILBOX_DISABLED"))
                    .isSuppressed(during("73h", "74h", "mailbox-disabled"));
        }

        @Test
        void aBounceThatContradictsTheDeliveryTakesItBack() {
            script.at("0h", hard("MAILBOX_DISABLED"))
                    .at("50h", delivered())
                    .at("73h", hard("MAILBOX_DISABLED").afterAcceptance())
                    .isSuppressed(during("73h", "73h+90d", "mailbox-disabled"));
        }

        @Test
        void aBounceForTheSendersOwnFaultTakesADeliveryBackAndNoMore() {
            script.at("0h", hard("BAD_MAILBOX").withGone())
                    .at("10d", delivered())
                    .at("10d+23h", cameBack())
                    .at("20d", delivered())
                    .at("21d+" + A_MILLISECOND, cameBack())
                    .isSuppressed(during("0h", "21d", "gone"));
        }

        @Test
        void aDeliveryAlsoEndsTheGrowth() {
            script.at("0h, 72h", hard("MAILBOX_DISABLED"))
                    .at("80h", delivered())
                    .at("200d, 203d", hard("MAILBOX_DISABLED"))
                    .isSuppressed(
                            during("72h", "104h", "mailbox-disabled"), during("203d", "293d", "mailbox-disabled"));
        }
    }

    @Nested
    class Cautious {

        private final Script script = Script.under(Presets.get("cautious"));

        @Test
        void aFirstFailureCostsAWeek() {
            script.at("0h", hard("BAD_MAILBOX").withGone()).isSuppressed(during("0h", "7d", "gone"));
        }

        @Test
        void aSecondOneADayLaterCostsTheAddress() {
            script.at("0h, 24h", hard("BAD_MAILBOX").withGone()).isSuppressed(forEver("0h", "gone"));
            Script.under(Presets.get("cautious"))
                    .at("0h, 100d", hard("BAD_MAILBOX").withGone())
                    .isSuppressed(during("0h", "7d", "gone"), forEver("100d", "gone"));
        }

        @Test
        void whatFollowsWithinTheDayIsTheSameOutage() {
            script.at("0h, 1h, 12h, " + ALMOST_A_DAY, hard("BAD_MAILBOX").withGone())
                    .isSuppressed(during("0h", "7d", "gone"));
        }

        @Test
        void aDeliveryInBetweenMakesTheNextTheFirst() {
            script.at("0h", hard("BAD_MAILBOX").withGone())
                    .at("8d", delivered())
                    .at("10d", hard("BAD_MAILBOX").withGone())
                    .isSuppressed(during("0h", "7d", "gone"), during("10d", "17d", "gone"));
        }

        @Test
        void everythingElseIsAsInDefault() {
            assertThat(Presets.get("cautious").rules().stream().skip(1))
                    .isEqualTo(Presets.get("default").rules().stream().skip(1).toList());
        }
    }

    @Nested
    class AmazonSes {

        private final Script script = Script.under(Presets.get("amazon-ses"));

        @Test
        void aPermanentBounceListsForEverWhateverIsDelivered() {
            script.at("1h", hard("BAD_MAILBOX").withGone())
                    .at("1d, 2d", delivered())
                    .isSuppressed(forEver("1h", "permanent-bounce"));
        }

        @Test
        void aComplaintListsForTheWholeAccount() {
            script.at("1h", complaint().in("news")).isSuppressed(forEver("1h", "complaint"));
        }

        @Test
        void transientBouncesAndForgeableReportsNeverList() {
            script.at("1d, 2d, 3d, 4d, 5d", soft("BAD_MAILBOX").withGone())
                    .at("6d, 7d, 8d, 20d, 40d", hard("MAILBOX_FULL"))
                    .at("9d, 10d", hard("BAD_MAILBOX").withGone().byAnyone())
                    .isNeverSuppressed();
        }
    }

    @Nested
    class Postal {

        private final Script script = Script.under(Presets.get("postal"));

        @Test
        void aSecondHardFailureWithinADaySuppressesForThirtyDays() {
            script.at("0h, 24h", hard("MAILBOX_FULL")).isSuppressed(during("24h", "31d", "hard-failures"));
        }

        @Test
        void aSecondOneLaterDoesNot() {
            script.at("0h, PT24H0.001S", hard("BAD_MAILBOX")).isNeverSuppressed();
        }

        @Test
        void aMessageGivenUpSuppressesForThirtyDays() {
            script.at("1h", soft("MAILBOX_FULL").withOutcome(Outcome.EXPIRED))
                    .isSuppressed(during("1h", "30d+1h", "attempts-used-up"));
        }

        @Test
        void aDeliveryLiftsAtOnce() {
            script.at("0h, 1h", hard("BAD_MAILBOX"))
                    .at("2d", delivered())
                    .isSuppressed(during("1h", "2d", "hard-failures"));
        }

        @Test
        void complaintsDoNothing() {
            script.at("0h, 1h", complaint()).isNeverSuppressed();
        }
    }

    @Nested
    class Cloudflare {

        private final Script script = Script.under(Presets.get("cloudflare"));

        @Test
        void aPermanentFailureSuppressesForAWeekWhateverIsDelivered() {
            script.at("1h", hard("MAILBOX_FULL"))
                    .at("1d", delivered())
                    .isSuppressed(during("1h", "7d+1h", "permanent"));
        }

        @Test
        void aTemporaryOneForADay() {
            script.at("1h", soft("HOST_UNREACHABLE").withOutcome(Outcome.EXPIRED))
                    .isSuppressed(during("1h", "25h", "temporary"));
        }

        @Test
        void failuresThatAgreeConfirmTheAddressAsInvalid() {
            script.at("0h, 8d", hard("BAD_MAILBOX").withGone())
                    .isSuppressed(during("0h", "7d", "permanent"), forEver("8d", "confirmed-invalid"));
        }

        @Test
        void aDeliveryPreventsTheConfirmation() {
            script.at("0h, 8d", hard("BAD_MAILBOX").withGone())
                    .at("7d+" + ALMOST_A_DAY, delivered())
                    .isSuppressed(during("0h", "7d", "permanent"), during("8d", "15d", "permanent"));
        }

        @Test
        void aComplaintSuppressesForEver() {
            script.at("1h", complaint().in("news")).isSuppressed(forEver("1h", "complaint"));
        }
    }

    @Nested
    class Mailchimp {

        private final Script script = Script.under(Presets.get("mailchimp"));

        @Test
        void aHardBounceCleansForEver() {
            script.at("1h", hard("DOMAIN_NOT_FOUND").withGone())
                    .at("1d", delivered())
                    .isSuppressed(forEver("1h", "hard-bounce"));
        }

        @Test
        void theSeventhSoftBounceInARowCleansForEver() {
            script.at("0d, 7d, 14d, 21d, 28d, 35d", soft("MAILBOX_FULL"))
                    .at("42d", hard("MAILBOX_FULL"))
                    .at("50d", delivered())
                    .isSuppressed(forEver("42d", "soft-bounces"));
        }

        @Test
        void aDeliveryInBetweenBeginsTheRowAnewAtOnce() {
            script.at("0d, 7d, 14d, 21d, 28d, 35d, 42d, 49d", soft("MAILBOX_FULL"))
                    .at("41d+" + ALMOST_A_DAY, delivered())
                    .isNeverSuppressed();
        }

        @Test
        void aComplaintUnsubscribesFromItsStream() {
            script.onStream("news").at("1h", complaint().in("news")).isSuppressed(forEver("1h", "complaint"));
        }
    }
}
