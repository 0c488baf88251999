package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "",
                "");
    }

    private static TextRule rule(String id, String category, String... phrases) {
        return conditional(id, null, "", category, phrases);
    }

    private static List<String> ids(TextRules rules, String reply) {
        return ids(rules, reply, null, null);
    }

    private static List<String> ids(TextRules rules, String reply, String provider, String command) {
        return rules.matching(reply, Codes.settle(reply, null), provider, command).stream()
                .map(match -> match.rule().id())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user unknown | 550 5.1.1 User  Unknown | true",
                "user unknown | 550-5.1.1 User\\n550 5.1.1 unknown | true",
                "user unknown | superuser unknown | false",
                "user unknown | user unknowns | false",
                "mailbox * full | Mailbox <a@b.example> is almost full | true",
                "mailbox * full | full mailbox | false",
                "mailbox * full | mailbox fuller | false",
                "{address} does not exist | <john@example.com> does not exist | true",
                "account * is * closed | the account x is now closed | true",
                "[tss04] | 421 4.7.0 [TSS04] Messages deferred | true",
                "存在しません | 550 このアドレスは存在しません。 | true",
                "aaa * aaa | aaa aaa | true",
                "aaa * aaa | aaa | false",
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
                conditional("by-basic", null, "basic=550,551 class=5", "BAD_MAILBOX", "user unknown")));

        assertThat(ids(rules, "550 5.7.12 user unknown", null, "data"))
                .containsExactly("after-data", "by-basic", "by-code", "for-good");
        assertThat(ids(rules, "450 4.7.1 user unknown", null, "RCPT")).containsExactly("by-code");
        assertThat(ids(rules, "user unknown")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"class=6", "class=", "code=550", "code=5.*", "basic=5.1.1", "basic=", "colour=red", "class"})
    void conditionsThatCannotBeUnderstoodAreRefused(String when) {
        assertThatThrownBy(() -> RuleConditions.parse(when)).isInstanceOf(InvalidRowException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "abc", "a * b", "* * *"})
    void phrasesThatMatchByChanceAreRefused(String phrase) {
        assertThatThrownBy(() -> Phrase.parse(phrase)).isInstanceOf(InvalidRowException.class);
    }

    @Test
    void noRuleMakesARecipientGoneAgainstItsCategory() {
        assertThatThrownBy(() -> new TextRule(
                        "x",
                        null,
                        RuleConditions.NONE,
                        List.of(Phrase.parse("refused for spam")),
                        Categories.shipped().require("SPAM_CONTENT"),
                        true,
                        "",
                        ""))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageContaining("SPAM_CONTENT");
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
