package dev.rebound.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(Comparison comparison) throws IOException {
        return JSON.readTree(ComparisonJson.text(comparison));
    }

    @Test
    void saysWhatMovedAndWhatFollows() throws IOException {
        JsonNode json = json(AComparison.ordinary());

        assertThat(json.path("events").asLong()).isEqualTo(1_234_567);
        assertThat(json.path("changed").asLong()).isEqualTo(1_180);
        assertThat(json.path("moved"))
                .isEqualTo(
                        JSON.readTree(
                                "[{\"from\":\"hard\",\"to\":\"soft\",\"count\":1179},{\"from\":\"soft\",\"to\":\"none\",\"count\":1}]"));
        JsonNode suppressions = json.path("suppressions");
        assertThat(suppressions.path("added").asLong()).isEqualTo(1);
        assertThat(suppressions.path("lifted").asLong()).isEqualTo(1);
        assertThat(suppressions.path("changed").asLong()).isEqualTo(2);
        assertThat(suppressions.path("outside").asLong()).isEqualTo(80);
        assertThat(suppressions.path("outsideBecause")).isEqualTo(JSON.readTree("{\"evidence\":80}"));
        assertThat(suppressions.path("more").asLong()).isEqualTo(1);
    }

    @Test
    void differencesHaveBothRecordsAsInTheFeed() throws IOException {
        JsonNode lifted = json(AComparison.ordinary())
                .path("suppressions")
                .path("differences")
                .path(0);

        assertThat(lifted.path("kind").asText()).isEqualTo("lifted");
        assertThat(lifted.path("address").asText()).isEqualTo("jane.doe@example.com");
        assertThat(lifted.path("after").isNull()).isTrue();
        assertThat(lifted.path("before").path("evidence").path(0).path("offset").asLong())
                .isEqualTo(120);
        assertThat(lifted.path("before").path("since").asText()).isEqualTo("2026-03-01T10:00:00Z");
    }

    @Test
    void samplesHavePlaceAndVerdicts() throws IOException {
        JsonNode sample = json(AComparison.ordinary())
                .path("domains")
                .path(0)
                .path("samples")
                .path(0);

        assertThat(sample.path("topic").asText()).isEqualTo("delivery-events");
        assertThat(sample.path("offset").asLong()).isEqualTo(120);
        assertThat(sample.path("before").path("bounceType").asText()).isEqualTo("hard");
        assertThat(sample.path("after").path("rule").isNull()).isTrue();
        assertThat(sample.path("reply").asText()).startsWith("550 5.1.1 <***@");
    }

    @Test
    void aNoteIsThereOrNull() throws IOException {
        assertThat(json(AComparison.ordinary().withNote("other commands"))
                        .path("note")
                        .asText())
                .isEqualTo("other commands");
        assertThat(json(AComparison.ordinary()).path("note").isNull()).isTrue();
    }

    /** The members of a comparison without differences are those of one with some: programs need not look whether they are there. */
    @Test
    void allMembersAreAlwaysThere() throws IOException {
        JsonNode same = json(AComparison.same());

        assertThat(same.fieldNames()).toIterable().containsExactlyElementsOf(() -> {
            try {
                return json(AComparison.ordinary()).fieldNames();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(same.path("moved").isArray()).isTrue();
    }
}
