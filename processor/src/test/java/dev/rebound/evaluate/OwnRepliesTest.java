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

/**
 * The shipped classifier on the project's own labelled replies. The floors stand a little below what it reaches, and go up with
 * it: a change that falls below one has made it worse.
 */
class OwnRepliesTest {

    private static final double GONE_PRECISION = 0.96;
    private static final double GONE_RECALL = 0.96;
    private static final double SCOPE_ACCURACY = 0.96;
    private static final double CATEGORY_ACCURACY = 0.94;
    private static final double UNKNOWN_SHARE = 0.07;

    private static Path replies() throws URISyntaxException {
        return Path.of(OwnRepliesTest.class.getResource("/labelled/replies.tsv").toURI());
    }

    @Test
    void isAsGoodAsItWas() throws Exception {
        Evaluation evaluation = Evaluation.of(replies(), event -> Classifier.classify(event, ShippedCodes.table()));

        assertThat(evaluation.gonePrecision()).as("recipient gone: precision").isGreaterThanOrEqualTo(GONE_PRECISION);
        assertThat(evaluation.goneRecall()).as("recipient gone: recall").isGreaterThanOrEqualTo(GONE_RECALL);
        assertThat(evaluation.scopeAccuracy()).as("scope right").isGreaterThanOrEqualTo(SCOPE_ACCURACY);
        assertThat(evaluation.categoryAccuracy()).as("category right").isGreaterThanOrEqualTo(CATEGORY_ACCURACY);
        assertThat(evaluation.unknownShare()).as("left unknown").isLessThanOrEqualTo(UNKNOWN_SHARE);
    }

    @Test
    void everyCategoryIsThere() throws Exception {
        List<LabelledReply> replies = LabelledReplies.read(replies());

        assertThat(replies).hasSizeGreaterThanOrEqualTo(400);
        assertThat(replies.stream().map(LabelledReply::category).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Categories.shipped().names());
        assertThat(replies.stream().map(LabelledReply::id)).doesNotHaveDuplicates();
    }
}
