package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.CodeFound;
import dev.rebound.schema.CodeSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which code counts where they disagree, and what is said of the others. */
class CodesTest {

    private static final String CLOSER = "the reply is closer to the receiving server";
    private static final String QUEUE = "it says that the queue gave up; the receiving server's reply says why";
    private static final String CLASS = "the class of an enhanced code goes before that of a basic one";
    private static final String SECOND = "another enhanced code comes first";
    private static final String SECOND_BASIC = "another basic code comes first";

    @Test
    void theReplysEnhancedCodeGoesBeforeTheStatus() {
        Codes codes = Codes.settle("550 5.1.1 no such user", "5.0.0");

        assertThat(codes.enhanced()).isEqualTo("5.1.1");
        assertThat(codes.basic()).isEqualTo("550");
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound("5.1.1", CodeSource.REPLY_ENHANCED, 4, null),
                        new CodeFound("5.0.0", CodeSource.STATUS, 0, CLOSER),
                        new CodeFound("550", CodeSource.REPLY_BASIC, 0, null));
        assertThat(codes.disputed()).isTrue();
    }

    @Test
    void theStatusGoesBeforeABasicCode() {
        Codes codes = Codes.settle("550 no such user", "5.1.1");

        assertThat(codes.enhanced()).isEqualTo("5.1.1");
        assertThat(codes.basic()).isEqualTo("550");
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound("5.1.1", CodeSource.STATUS, 0, null),
                        new CodeFound("550", CodeSource.REPLY_BASIC, 0, null));
        assertThat(codes.disputed()).isFalse();
    }

    @Test
    void anEnhancedClassBeatsABasicOne() {
        Codes codes = Codes.settle("550 no", "4.2.2");

        assertThat(codes.enhanced()).isEqualTo("4.2.2");
        assertThat(codes.basic()).isNull();
        assertThat(codes.firstDigit()).isEqualTo(4);
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound("4.2.2", CodeSource.STATUS, 0, null),
                        new CodeFound("550", CodeSource.REPLY_BASIC, 0, CLASS));
    }

    @Test
    void aQueueThatGaveUpInTheReplyKeepsItsClass() {
        Codes codes = Codes.settle("550 4.4.7 delivery time expired", null);

        assertThat(codes.enhanced()).isEqualTo("4.4.7");
        assertThat(codes.basic()).isNull();
        assertThat(codes.receiverRefusedForGood()).isFalse();
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound("4.4.7", CodeSource.REPLY_ENHANCED, 4, null),
                        new CodeFound("550", CodeSource.REPLY_BASIC, 0, CLASS));
    }

    @ParameterizedTest
    @CsvSource({"550 no such user, 4.4.7, 550", "451 try later, 4.4.7, 451", "550 no such user, 5.4.7, 550"})
    void aQueueThatGaveUpGivesWayToTheReceiversOwnBasicCode(String reply, String status, String basic) {
        Codes codes = Codes.settle(reply, status);

        assertThat(codes.enhanced()).isNull();
        assertThat(codes.basic()).isEqualTo(basic);
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound(status, CodeSource.STATUS, 0, QUEUE),
                        new CodeFound(basic, CodeSource.REPLY_BASIC, 0, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "connection timed out", "250 OK", "354 go ahead"})
    void aQueueThatGaveUpCountsWhereTheReceiverSaidNothingOfAFailure(String reply) {
        assertThat(Codes.settle(reply, "4.4.7").enhanced()).isEqualTo("4.4.7");
    }

    @Test
    void onlyTheCodeOfTheQueueGivesWay() {
        assertThat(Codes.settle("550 no", "4.4.17").enhanced()).isEqualTo("4.4.17");
        assertThat(Codes.settle("550 no", "4.14.7").enhanced()).isEqualTo("4.14.7");
        assertThat(Codes.settle("550 5.1.1 no", "4.4.7").enhanced()).isEqualTo("5.1.1");
    }

    @Test
    void theSameCodeTwiceIsNotADispute() {
        Codes codes = Codes.settle("550 5.1.1 no such user", "5.1.1");

        assertThat(codes.found()).extracting(CodeFound::getOverruledBecause).containsOnlyNulls();
        assertThat(codes.disputed()).isFalse();
    }

    @Test
    void theFirstOfSeveralCodesInTheReplyCounts() {
        Codes codes = Codes.settle("550 5.1.1 no such user\n554 5.7.1 and blocked", null);

        assertThat(codes.enhanced()).isEqualTo("5.1.1");
        assertThat(codes.basic()).isEqualTo("550");
        assertThat(codes.found())
                .containsExactly(
                        new CodeFound("5.1.1", CodeSource.REPLY_ENHANCED, 4, null),
                        new CodeFound("5.7.1", CodeSource.REPLY_ENHANCED, 27, SECOND),
                        new CodeFound("550", CodeSource.REPLY_BASIC, 0, null),
                        new CodeFound("554", CodeSource.REPLY_BASIC, 23, SECOND_BASIC));
        assertThat(codes.disputed()).isTrue();
    }

    @Test
    void aStatusWithACommentIsRead() {
        assertThat(Codes.settle(null, " 5.1.1 (bad destination mailbox address)")
                        .found())
                .containsExactly(new CodeFound("5.1.1", CodeSource.STATUS, 1, null));
    }

    @Test
    void aStatusIsNoPlaceForABasicCode() {
        assertThat(Codes.settle(null, "550").found()).isEmpty();
    }

    @Test
    void noCodeLeavesNothingToCount() {
        Codes codes = Codes.settle("connection refused", null);

        assertThat(codes.enhanced()).isNull();
        assertThat(codes.basic()).isNull();
        assertThat(codes.firstDigit()).isZero();
        assertThat(codes.found()).isEmpty();
        assertThat(codes.disputed()).isFalse();
        assertThat(codes.receiverRefusedForGood()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "550 5.1.1 no such user, -,     true",
                "550 5.1.1 no such user, 4.4.7, true",
                "550 no such user,       -,     true",
                "550 no such user,       4.4.7, true",
                "550 no such user,       5.4.7, true",
                "550 no such user,       5.0.0, true",
                "550 no such user,       4.4.1, false",
                "-,                      5.1.1, false",
                "connection refused,     5.4.1, false",
                "550 4.4.7 expired,      -,     false",
                "550 5.4.7 expired,      -,     false",
                "450 4.2.2 full,         5.0.0, false",
                "451 try later,          4.4.7, false",
            })
    void theReceiverRefusedForGoodOnlyInItsOwnReply(String reply, String status, boolean expected) {
        assertThat(Codes.settle(reply, status).receiverRefusedForGood()).isEqualTo(expected);
    }

    /** The schema promises a bound to whoever reads the evidence. */
    @Test
    void theEvidenceNamesAtMostSixteenCodes() {
        String reply =
                IntStream.range(10, 60).mapToObj(i -> "5" + i + " 5.7." + i).collect(Collectors.joining("\n"));

        assertThat(Codes.settle(reply, "5.1.1").found())
                .hasSize(16)
                .extracting(CodeFound::getSource)
                .contains(CodeSource.REPLY_ENHANCED, CodeSource.STATUS, CodeSource.REPLY_BASIC);
    }

    @Test
    void aFailureGoesBeforeWhatATranscriptQuotesOnTheWayToIt() {
        Codes codes = Codes.settle("250 2.1.0 Sender ok\n354 Go on\n550 5.1.1 No such user", null);
        assertThat(codes.enhanced()).isEqualTo("5.1.1");
        assertThat(codes.basic()).isEqualTo("550");
        assertThat(codes.firstDigit()).isEqualTo(5);
        assertThat(Codes.settle("250 Ok\n550 No such user", null).basic()).isEqualTo("550");
    }

    /** Texts name versions and sections of documents; none of these may overrule what the protocol says. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "550 Message rejected, see http://mx.example/help/5.1.1 | 5.7.1 | 5.7.1 | 550",
                "554 Blocked by ScanMail 5.1.2, content not allowed      | 5.7.1 | 5.7.1 | 554",
                "550 SPF check failed, see RFC 7208 section 2.6.4        | -     | -     | 550",
                "501 HELO invalid, see RFC 2821 section 4.1.3            | 5.5.4 | 5.5.4 | 501",
                "550 sorry, no mailbox here by that name 5.1.1           | -     | 5.1.1 | 550",
                "550 sorry, no mailbox here by that name 5.1.1           | 5.0.0 | 5.1.1 | 550",
                "550 sorry, no mailbox here by that name (#5.1.1)        | 5.7.1 | 5.1.1 | 550"
            })
    void aNumberWithinTheTextIsTakenOnlyWhereNothingSurerIs(
            String reply, String status, String enhanced, String basic) {
        Codes codes = Codes.settle(reply, status);
        assertThat(codes.enhanced()).isEqualTo(enhanced);
        assertThat(codes.basic()).isEqualTo(basic);
    }
}
