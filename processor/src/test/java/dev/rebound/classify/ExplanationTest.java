package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static Explanation explain(String reply) {
        return Classifier.explain(AnyEvents.plain().setReply(reply).build(), ShippedCodes.table());
    }

    private static Explanation.RuleFound first(Explanation explanation) {
        return explanation.rules().get(0);
    }

    @Test
    void whyARuleDidNotDecideIsSaid() {
        Explanation weakYields = explain("554 5.7.1 Access denied");
        assertThat(weakYields.classification().getRule()).isEqualTo("5.7.1");
        assertThat(first(weakYields).overruledBecause()).isEqualTo("its words are weak, and the code says why");

        Explanation longer = explain("550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table");
        assertThat(first(longer).overruledBecause()).isNull();
        assertThat(longer.rules())
                .filteredOn(found -> found.rule().id().equals("user-unknown"))
                .extracting(Explanation.RuleFound::overruledBecause)
                .containsExactly("rule " + first(longer).rule().id() + " names more of the reply");
    }

    @Test
    void theRefusedCommandAndTheRowAreTold() {
        Explanation explanation =
                explain("host mx.example said: 550 5.1.1 user unknown (in reply to end of DATA command)");

        assertThat(explanation.smtpCommand()).isEqualTo("DATA");
        assertThat(explanation.row().id().text()).isEqualTo("5.1.1");
        assertThat(explanation.category().name())
                .isEqualTo(explanation.classification().getCategory());
    }

    @Test
    void whereTheOutcomeSaysItAllNoRuleIsLookedFor() {
        Explanation explanation = Classifier.explain(
                AnyEvents.plain()
                        .setOutcome(Outcome.DELIVERED)
                        .setReply("250 user unknown")
                        .build(),
                ShippedCodes.table());

        assertThat(explanation.rules()).isEmpty();
    }

    /** An explanation that tells of another decision than the one made would be worse than none. */
    @Property(tries = 2000)
    void itExplainsWhatIsDecided(@ForAll("replies") List<String> words, @ForAll Outcome outcome) {
        DeliveryEvent event = AnyEvents.plain()
                .setOutcome(outcome)
                .setReply(String.join(" ", words))
                .build();

        Explanation explanation = Classifier.explain(event, ShippedCodes.table());

        assertThat(explanation.classification()).isEqualTo(Classifier.classify(event, ShippedCodes.table()));
        List<String> deciding = explanation.rules().stream()
                .filter(found -> found.overruledBecause() == null)
                .map(found -> found.rule().id())
                .toList();
        switch (explanation.classification().getLayer()) {
            case TEXT, PROVIDER_TEXT ->
                assertThat(deciding)
                        .containsExactly(explanation.classification().getRule());
            case EXACT, BASIC, SUBJECT, CLASS, GROUP, NONE ->
                assertThat(deciding).isEmpty();
            case OUTCOME -> assertThat(explanation.classification().getRule()).isNull();
        }
    }

    @Provide
    Arbitrary<List<String>> replies() {
        return Arbitraries.of(
                        "550",
                        "5.7.1",
                        "4.4.7",
                        "user unknown",
                        "access denied",
                        "mailbox full",
                        "sender address rejected:",
                        "unknown address error",
                        "message expired",
                        "spam",
                        "try again later",
                        "(in reply to end of DATA command)",
                        "<jo@example.org>",
                        "quota",
                        "[TSS04]")
                .list()
                .ofMaxSize(6);
    }
}
