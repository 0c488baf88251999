package dev.rebound.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped classifier on labelled replies. The floors stand a little below what it reaches, and go up with it: a change that
 * falls below one has made it worse.
 *
 * <p>{@code replies.tsv} has wordings made up for each category, {@code known.tsv} what servers are known to say. No rule was
 * written from {@code unseen.tsv}, and none should be: it tells how the rules do on what nobody thought of.
 */
class LabelledRepliesTest {

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                LabelledRepliesTest.class.getResource("/labelled/" + name).toURI());
    }

    @ParameterizedTest
    @CsvSource({
        "replies.tsv, 0.96, 0.97, 0.97, 0.95, 0.06",
        "known.tsv,   0.97, 0.97, 0.95, 0.91, 0.04",
        "unseen.tsv,  0.98, 0.93, 0.94, 0.89, 0.06"
    })
    void isAsGoodAsItWas(
            String file,
            double gonePrecision,
            double goneRecall,
            double scopeAccuracy,
            double categoryAccuracy,
            double unknownShare)
            throws Exception {
        Evaluation evaluation = Evaluation.of(file(file), event -> Classifier.classify(event, ShippedCodes.table()));

        assertThat(evaluation.gonePrecision()).as("recipient gone: precision").isGreaterThanOrEqualTo(gonePrecision);
        assertThat(evaluation.goneRecall()).as("recipient gone: recall").isGreaterThanOrEqualTo(goneRecall);
        assertThat(evaluation.scopeAccuracy()).as("scope right").isGreaterThanOrEqualTo(scopeAccuracy);
        assertThat(evaluation.categoryAccuracy()).as("category right").isGreaterThanOrEqualTo(categoryAccuracy);
        assertThat(evaluation.unknownShare()).as("left unknown").isLessThanOrEqualTo(unknownShare);
    }

    @Test
    void everyCategoryIsThere() throws Exception {
        List<LabelledReply> replies = LabelledReplies.read(file("replies.tsv"));

        assertThat(replies).hasSizeGreaterThanOrEqualTo(400);
        assertThat(replies.stream().map(LabelledReply::category).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Categories.shipped().names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"replies.tsv", "known.tsv", "unseen.tsv"})
    void eachRowHasANameOfItsOwn(String file) throws Exception {
        assertThat(LabelledReplies.read(file(file)).stream().map(LabelledReply::id))
                .hasSizeGreaterThan(400)
                .doesNotHaveDuplicates();
    }
}
