package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    private static TextRule conditional(String id, String provider, String when, String category, String... phrases) {
        return new TextRule(
                id,
                provider,
                RuleConditions.parse(when),
                Stream.of(phrases).map(Phrase::parse).toList(),
                Categories.shipped().require(category),
                false,
                null,
                null,
                null,
                "rebound");
    }

    private static TextRule rule(String id, String category, String... phrases) {
        return conditional(id, null, "", category, phrases);
    }

    private static List<String> ids(TextRules rules, String reply) {
        return ids(rules, reply, null, null);
    }

    private static List<String> ids(TextRules rules, String reply, String provider, String command) {
        return rules.matching(new Evidence(reply, Codes.settle(reply, null), provider, command, Instant.EPOCH)).stream()
                .map(match -> match.rule().id())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "user unknown ~ 550 5.1.1 User  Unknown ~ true",
                "user unknown ~ 550-5.1.1 User\\n550 5.1.1 unknown ~ true",
                "user unknown ~ superuser unknown ~ false",
                "user unknown ~ user unknowns ~ false",
                "mailbox * full ~ Mailbox <a@b.example> is almost full ~ true",
                "mailbox * full ~ full mailbox ~ false",
                "mailbox * full ~ mailbox fuller ~ false",
                "{address} does not exist ~ <john@example.com> does not exist ~ true",
                "account * is * closed ~ the account x is now closed ~ true",
                "[tss04] ~ 421 4.7.0 [TSS04] Messages deferred ~ true",
                "存在しません ~ 550 このアドレスは存在しません。 ~ true",
                "aaa * aaa ~ aaa aaa ~ true",
                "aaa * aaa ~ aaa ~ false",
                "mailbox _ full ~ mailbox of john.doe is full ~ true",
                "mailbox _ full ~ mailbox of a person with a name as long as this is full ~ false",
                "(user|mailbox) _ (unknown|not found) ~ the mailbox jo was not found ~ true",
                "(user|mailbox) (unknown|not found) ~ mailbox unknown ~ true",
                "(user|mailbox) (unknown|not found) ~ mailbox is unknown ~ false",
                "(user|mailbox) (unknown|not found) ~ unknown mailbox ~ false",
                "no such (local |)user ~ 550 no such user ~ true",
                "no such (local |)user ~ 550 no such local user ~ true",
                "blocked (s3150) ~ Blocked (S3150) ~ true",
                "ofr_416 ~ error OFR_416 ~ true",
                "ofr_416 ~ error OFR a 416 ~ false",
            })
    void aPhraseIsFoundAsWords(String phrase, String reply, boolean found) {
        TextRules rules = TextRules.of(List.of(rule("a", "BAD_MAILBOX", phrase)));

        assertThat(ids(rules, reply.replace("\\n", "\n"))).hasSize(found ? 1 : 0);
    }

    @Test
    void aGapIsBounded() {
        TextRules rules = TextRules.of(List.of(rule("a", "BAD_MAILBOX", "mailbox * full")));

        assertThat(ids(rules, "mailbox" + " ".repeat(500) + "full")).hasSize(1);
        assertThat(ids(rules, "mailbox " + "x".repeat(78) + " full")).hasSize(1);
        assertThat(ids(rules, "mailbox " + "x".repeat(79) + " full")).isEmpty();
        assertThat(ids(rules, "mailbox " + "x".repeat(79) + " mailbox is full")).hasSize(1);
    }

    @Test
    void theMostSpecificRuleComesFirst() {
        TextRules rules = TextRules.of(List.of(
                rule("short", "BAD_MAILBOX", "user unknown"),
                rule("long", "SENDER_REJECTED", "sender address rejected: user unknown", "unknown sender"),
                conditional("theirs", "google", "", "SPAM_CONTENT", "unknown"),
                conditional("others", "microsoft", "", "SPAM_CONTENT", "user unknown")));

        assertThat(ids(rules, "Sender address rejected: User unknown in table", "google", null))
                .containsExactly("theirs", "long", "short");
        assertThat(ids(rules, "User unknown", null, null)).containsExactly("short");
    }

    @Test
    void conditionsHaveToHold() {
        TextRules rules = TextRules.of(List.of(
                conditional("after-data", null, "command=DATA", "RECIPIENT_FILTER", "user unknown"),
                conditional("for-good", null, "class=5", "BAD_MAILBOX", "user unknown"),
                conditional("by-code", null, "code=5.7.*,4.7.1", "POLICY_REJECTED", "user unknown"),
                conditional("by-basic", null, "basic=550,551 class=5", "BAD_MAILBOX", "user unknown"),
                conditional("not-by-code", null, "code!=5.1.1,5.7.*", "BAD_MAILBOX", "user unknown")));

        assertThat(ids(rules, "550 5.7.12 user unknown", null, "data"))
                .containsExactly("by-basic", "after-data", "by-code", "for-good");
        assertThat(ids(rules, "450 4.7.1 user unknown", null, "RCPT")).containsExactly("by-code", "not-by-code");
        assertThat(ids(rules, "user unknown")).containsExactly("not-by-code");
    }

    @Test
    void aWeakRuleGoesBehindAllOthers() {
        TextRules rules = TextRules.of(List.of(
                conditional("boilerplate", "google", "weak", "POLICY_REJECTED", "see our policy for more information"),
                rule("reason", "MAILBOX_FULL", "over quota")));

        assertThat(ids(rules, "Over quota, see our policy for more information", "google", null))
                .containsExactly("reason", "boilerplate");
        assertThat(ids(rules, "See our policy for more information", "google", null))
                .containsExactly("boilerplate");
    }

    @Test
    void aWeakRuleTakesTheMeaningFromTheWordsWithinIt() {
        TextRules rules = TextRules.of(List.of(
                conditional("frame", null, "weak", "UNDETERMINED", "unknown address error"),
                rule("reason", "BAD_MAILBOX", "unknown address")));

        assertThat(ids(rules, "5.1.0 - Unknown address error 550-'busy'")).containsExactly("frame");
        assertThat(ids(rules, "Unknown address error 550-'unknown address'")).containsExactly("frame");
        assertThat(ids(rules, "Unknown address")).containsExactly("reason");
    }

    @Test
    void theCommandMayStandInTheReply() {
        TextRules rules = TextRules.of(List.of(
                conditional("after-data", null, "command=DATA", "RECIPIENT_FILTER", "user unknown"),
                conditional("at-mail", null, "command=MAIL", "SENDER_REJECTED", "user unknown")));

        assertThat(ids(rules, "host a.example said: 550 user unknown (in reply to end of DATA command)"))
                .containsExactly("after-data");
        assertThat(ids(rules, "SMTP error from remote mail server after MAIL FROM:<a@b.example>: 550 user unknown"))
                .containsExactly("at-mail");
        assertThat(ids(rules, "550 user unknown (in reply to end of DATA command)", null, "RCPT TO:<a@b.example>"))
                .isEmpty();
    }

    /** At MAIL no recipient is named yet, and X.1.7 and X.1.8 are about the sender's address. */
    @Test
    void whatIsAboutTheSenderMakesNoRecipientGone() {
        TextRules rules = TextRules.of(
                List.of(rule("gone", "BAD_MAILBOX", "does not exist"), rule("refused", "POLICY_REJECTED", "exist")));

        assertThat(ids(rules, "550 5.1.1 does not exist", null, "RCPT")).containsExactly("gone", "refused");
        assertThat(ids(rules, "550 does not exist", null, "MAIL")).containsExactly("refused");
        assertThat(ids(rules, "550 5.1.8 does not exist", null, null)).containsExactly("refused");
        assertThat(ids(rules, "550 5.1.7 does not exist", null, "RCPT")).containsExactly("refused");
    }

    @Test
    void theWordsThatWereFoundAreNamed() {
        TextRules rules = TextRules.of(List.of(rule("a", "BAD_MAILBOX", "user _ unknown", "unknown")));

        assertThat(rules.matching(new Evidence(
                        "550 5.1.1 User jo is Unknown here", Codes.settle(null, null), null, null, Instant.EPOCH)))
                .extracting(TextRules.Match::words)
                .containsExactly("user jo is unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class=6",
                "class=",
                "code=550",
                "code=5.*",
                "basic=5.1.1",
                "basic=",
                "colour=red",
                "class",
                "code!5.1.1",
                "command=WRITE",
                "lonely"
            })
    void conditionsThatCannotBeUnderstoodAreRefused(String when) {
        assertThatThrownBy(() -> RuleConditions.parse(when)).isInstanceOf(InvalidRowException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "ab", "a * b", "* * *", "(a|b) * c", "(user|) * unknown", "(a*b|c) user"})
    void phrasesThatMatchByChanceAreRefused(String phrase) {
        assertThatThrownBy(() -> Phrase.parse(phrase)).isInstanceOf(InvalidRowException.class);
    }

    @Test
    void thousandsOfRulesAndAHostileTextAreNoTrouble() {
        TextRules rules = TextRules.of(IntStream.range(0, 10_000)
                .mapToObj(i -> rule("r" + i, "BAD_MAILBOX", "aaaa * b" + i + " * aaaa"))
                .toList());

        assertThat(ids(rules, "aaaa b77 aaaa")).containsExactly("r77");
        assertThat(ids(rules, "aaaa ".repeat(13_000))).isEmpty();
    }
}
