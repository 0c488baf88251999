package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.CodeSource;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What holds for every event, whatever stands in it. The texts are odd enough without edge cases, whose combinations would
 * leave no tries for random ones.
 */
class ClassifierPropertyTest {

    private static final Set<Scope> NOT_THE_RECIPIENTS =
            EnumSet.of(Scope.SENDER, Scope.CONTENT, Scope.REPUTATION, Scope.INFRASTRUCTURE, Scope.UNKNOWN);

    private final CodeTable table = ShippedCodes.table();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyEventGetsOneAnswerAndAlwaysTheSame(@ForAll("events") DeliveryEvent event) {
        Classification classification = Classifier.classify(event, table);

        assertThat(Classifier.classify(DeliveryEvent.newBuilder(event).build(), table))
                .isEqualTo(classification);
        assertThat(Categories.shipped().names()).contains(classification.getCategory());
        assertThat(classification.getCodesFound().size()).isLessThanOrEqualTo(20);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTableWithoutRowsIsNoReasonToThrow(@ForAll("events") DeliveryEvent event) {
        assertThat(Classifier.classify(event, CodeTable.empty()).getRule()).isNull();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void finalFailuresAreBouncesAndNothingElseIs(@ForAll("events") DeliveryEvent event) {
        boolean finalFailure = event.getOutcome() == Outcome.BOUNCED || event.getOutcome() == Outcome.EXPIRED;

        assertThat(Classifier.classify(event, table).getBounceType() != BounceType.NONE)
                .isEqualTo(finalFailure);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void codesFoundStandInTheEvidence(@ForAll("events") DeliveryEvent event) {
        assertThat(Classifier.classify(event, table).getCodesFound()).allSatisfy(code -> {
            String source = code.getSource() == CodeSource.STATUS ? event.getStatus() : event.getReply();
            String withoutClass = code.getCode().substring(1);
            assertThat(source.startsWith(code.getCode(), code.getPosition())
                            || "Xx".indexOf(source.charAt(code.getPosition())) >= 0
                                    && source.startsWith(withoutClass, code.getPosition() + 1))
                    .isTrue();
        });
    }

    /** What is not the recipient's trouble never writes the recipient off. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void nobodyElsesFaultMakesTheRecipientGone(@ForAll("events") DeliveryEvent event) {
        Classification classification = Classifier.classify(event, table);

        if (NOT_THE_RECIPIENTS.contains(classification.getScope())) {
            assertThat(classification.getRecipientGone()).isFalse();
        }
    }

    /** The same for the words of every rule that ships, two or three together. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void norDoAnyWordsThatAreKnown(@ForAll("knownWords") List<String> words, @ForAll Outcome outcome) {
        nobodyElsesFaultMakesTheRecipientGone(AnyEvents.plain()
                .setReply("550 " + String.join(", ", words))
                .setOutcome(outcome)
                .build());
    }

    @Provide
    Arbitrary<List<String>> knownWords() {
        List<String> words = table.rules(Instant.EPOCH).stream()
                .flatMap(rule -> rule.phrases().stream())
                .map(phrase -> phrase.pieces().stream()
                        .map(piece -> piece.alternatives().get(0))
                        .collect(Collectors.joining(" ")))
                .toList();
        return Arbitraries.of(words).list().ofMinSize(1).ofMaxSize(3);
    }

    /** The same for every code that a row explains, with every outcome: random text meets few of them. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void norDoesAnyCodeThatIsKnown(
            @ForAll("knownCodes") String reply, @ForAll("knownCodes") String status, @ForAll Outcome outcome) {
        nobodyElsesFaultMakesTheRecipientGone(AnyEvents.plain()
                .setReply(reply)
                .setStatus(status)
                .setOutcome(outcome)
                .build());
    }

    @Provide
    Arbitrary<DeliveryEvent> events() {
        return AnyEvents.events();
    }

    @Provide
    Arbitrary<String> knownCodes() {
        return Arbitraries.of(table.rows(AnyEvents.plain().getEventTime()).stream()
                .map(row -> SeedReplies.replyFor(row.id().text()))
                .toList());
    }
}
