package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Classification;
import dev.rebound.schema.CodeFound;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in {@code topology-docs/classification.md} are what the classifier does. */
class ClassificationPageTest {

    private static final String PAGE = Repository.read("topology-docs/classification.md");

    static List<Map<String, String>> conflicts() {
        return ExampleTable.rows(PAGE, List.of("reply", "status", "enhanced code", "basic code", "overruled"));
    }

    static List<Map<String, String>> examples() {
        return ExampleTable.rows(
                PAGE,
                List.of(
                        "outcome",
                        "reply",
                        "status",
                        "bounce type",
                        "category",
                        "scope",
                        "gone",
                        "confidence",
                        "layer",
                        "row"));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void conflictsAreSettledAsThePageSays(Map<String, String> row) {
        Classification classification = classify(row, Outcome.BOUNCED);

        Map<String, String> actual = evidence(row);
        put(actual, "enhanced code", classification.getEnhancedCode());
        put(actual, "basic code", classification.getBasicCode());
        put(
                actual,
                "overruled",
                classification.getCodesFound().stream()
                        .filter(code -> code.getOverruledBecause() != null)
                        .map(CodeFound::getCode)
                        .collect(Collectors.joining(", ")));
        assertThat(actual).isEqualTo(row);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreClassifiedAsThePageSays(Map<String, String> row) {
        Classification classification = classify(row, Outcome.valueOf(row.get("outcome")));

        Map<String, String> actual = evidence(row);
        put(actual, "outcome", row.get("outcome"));
        put(actual, "bounce type", classification.getBounceType().name());
        put(actual, "category", classification.getCategory());
        put(actual, "scope", classification.getScope().name());
        put(actual, "gone", classification.getRecipientGone() ? "yes" : "no");
        put(actual, "confidence", classification.getConfidence().name());
        put(actual, "layer", classification.getLayer().name());
        put(actual, "row", classification.getRule());
        assertThat(actual).isEqualTo(row);
    }

    private static Classification classify(Map<String, String> row, Outcome outcome) {
        String reply = row.get("reply");
        return Classifier.classify(
                DeliveryEvent.newBuilder()
                        .setEventId("example")
                        .setEventTime(Instant.EPOCH)
                        .setRecipient("someone@example.com")
                        .setOutcome(outcome)
                        .setReply(reply == null ? null : reply.replace("\\n", "\n"))
                        .setReplySource(ReplySource.REMOTE)
                        .setStatus(row.get("status"))
                        .build(),
                ShippedCodes.table());
    }

    private static Map<String, String> evidence(Map<String, String> row) {
        Map<String, String> actual = new LinkedHashMap<>();
        put(actual, "reply", row.get("reply"));
        put(actual, "status", row.get("status"));
        return actual;
    }

    private static void put(Map<String, String> actual, String column, String value) {
        if (value != null && !value.isEmpty()) {
            actual.put(column, value);
        }
    }
}
